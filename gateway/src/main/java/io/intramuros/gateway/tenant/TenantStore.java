// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tenants' database: an H2 file, or PostgreSQL by its URL. The same SQL runs on both. Safe for use by many threads.
 *
 * <p>What a request waits for (the look-up of a key, the poll for changes) goes over connections of its own with short
 * limits, so that a slow report holds up no request, and a database that hangs is noticed within two seconds.
 */
public final class TenantStore implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int QUICK_CONNECTIONS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final String QUICK_ANSWER_SECONDS = "1";
    private static final String ANSWER_SECONDS = "30";
    // Without WRITE_DELAY=0 H2 acknowledges commits that a kill loses.
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private final HikariDataSource source;
    private final HikariDataSource quickSource;
    private final JdbcClient jdbc;
    private final JdbcClient quick;
    private final TransactionTemplate transaction;
    private final boolean h2;

    private TenantStore(HikariDataSource source, HikariDataSource quickSource, boolean h2) {
        this.source = source;
        this.quickSource = quickSource;
        this.h2 = h2;
        this.jdbc = JdbcClient.create(source);
        this.quick = JdbcClient.create(quickSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    /** Opens the H2 file in a data folder. */
    public static TenantStore file(Path file) {
        return open("jdbc:h2:file:" + file.toAbsolutePath() + H2_OPTIONS, "sa", "");
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @param url a JDBC URL of PostgreSQL or H2
     * @throws IllegalStateException if its schema is of a newer program, or cannot be brought up to date
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if it cannot be reached
     */
    public static TenantStore open(String url, String user, String password) {
        boolean postgres = url.startsWith("jdbc:postgresql:");
        HikariDataSource source = new HikariDataSource(config(url, user, password, ANSWER_SECONDS));
        try {
            migrate(source);
            if (!postgres) return new TenantStore(source, source, true);
            HikariConfig quick = config(url, user, password, QUICK_ANSWER_SECONDS);
            quick.setMaximumPoolSize(QUICK_CONNECTIONS);
            quick.setPoolName("tenants-quick");
            return new TenantStore(source, new HikariDataSource(quick), false);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static HikariConfig config(String url, String user, String password, String answerSeconds) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setPoolName("tenants");
        if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", "1");
            config.addDataSourceProperty("socketTimeout", answerSeconds);
            config.addDataSourceProperty("ApplicationName", "intramuros");
        }
        return config;
    }

    private static void migrate(HikariDataSource source) {
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns(new String[0]) // a migration that we do not know is of a newer program
                .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "tenants' database: its schema cannot be brought up to date, " + e.getErrorCode()
                            + " (expected: one that this or an earlier Intramuros made, and a user that may change it)",
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied())
            if (!applied.getState().isResolved())
                throw new IllegalStateException("tenants' database: its schema is of version " + applied.getVersion()
                        + ", which a newer Intramuros made (expected: run that one, or restore a backup)");
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** For what a request waits for. */
    JdbcClient quick() {
        return quick;
    }

    /**
     * Runs a change of what administrators keep: all of it or nothing, and on the disk when it returns. Where the disk is
     * ours, that holds for a power cut too.
     */
    <T> T change(Supplier<T> change) {
        T result = transaction.execute(_ -> change.get());
        if (h2) jdbc.sql("checkpoint sync").update();
        return result;
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    /** For statements with many rows. */
    JdbcTemplate batches() {
        return new JdbcTemplate(source);
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
        quickSource.close();
        source.close();
    }
}
