// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The tenants' database: an H2 file, or PostgreSQL by its URL. The same SQL runs on both. */
public final class TenantStore implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final Duration CONNECT = Duration.ofSeconds(1);
    // Without WRITE_DELAY=0 H2 acknowledges commits that a kill loses.
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private final HikariDataSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    private TenantStore(HikariDataSource source) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    /** Opens the H2 file in a data folder. */
    public static TenantStore file(Path file) {
        return open("jdbc:h2:file:" + file.toAbsolutePath() + H2_OPTIONS, "sa", "");
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @throws IllegalStateException if its schema is of a newer program, or it cannot be reached
     */
    public static TenantStore open(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setPoolName("tenants");
        if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", "1");
            config.addDataSourceProperty("socketTimeout", "5");
        }
        HikariDataSource source = new HikariDataSource(config);
        try {
            migrate(source);
            return new TenantStore(source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static void migrate(HikariDataSource source) {
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns(new String[0]) // a migration that we do not know is of a newer program
                .load();
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "tenants' database: its schema cannot be used by this version (expected: one that this or an earlier"
                            + " Intramuros made)",
                    e);
        }
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    /** Numbers a change within the running transaction, so that every gateway's poll sees it in the order of commits. */
    void changed(String kind, String subject) {
        jdbc.sql("update change_epoch set n = n + 1 where one = 1").update();
        long n = jdbc.sql("select n from change_epoch where one = 1")
                .query(Long.class)
                .single();
        jdbc.sql("insert into tenant_change (n, kind, subject, at) values (?, ?, ?, current_timestamp)")
                .params(n, kind, subject)
                .update();
    }

    @Override
    public void close() {
        source.close();
    }
}
