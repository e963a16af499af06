// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Makes, lists, rotates and revokes API keys. What is changed is numbered, so that every gateway hears of it. */
public final class Keys {
    /** How long the old secret of a rotated key still counts. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final String SELECT =
            "select id, team_id, project_id, name, models, created_at, expires_at, revoked_at,"
                    + " old_until, used_at from api_key";

    private final TenantStore store;
    private final Directory directory;
    private final Pepper pepper;
    private final InstantSource clock;
    private final KeyRing ring;

    public Keys(TenantStore store, Directory directory, Pepper pepper, InstantSource clock, KeyRing ring) {
        this.store = store;
        this.directory = directory;
        this.pepper = pepper;
        this.clock = clock;
        this.ring = ring;
    }

    /** The same, unwitnessed. */
    public ApiKey create(NewKey wanted) {
        return create(wanted, Witness.NOBODY);
    }

    /**
     * Makes a key. Only here is it ever to be seen.
     *
     * @throws MissingException if there is no such team or project
     */
    public ApiKey create(NewKey wanted, Witness<? super ApiKey> witness) {
        if (!directory.hasProject(wanted.team(), wanted.project()))
            throw new MissingException("project", wanted.team() + "/" + wanted.project());
        ApiKey key = ApiKey.generate();
        Instant now = clock.instant();
        Duration life = wanted.expiresIn();
        StatementSpec insert = store.jdbc()
                .sql("insert into api_key (id, team_id, project_id, name, digest, models, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(key.id())
                .param(wanted.team())
                .param(wanted.project())
                .param(wanted.name())
                .param(pepper.digest(key))
                .param(String.join(" ", wanted.models()))
                .param(KeyRows.at(now))
                .param(new SqlParameterValue(
                        Types.TIMESTAMP_WITH_TIMEZONE, life == null ? null : KeyRows.at(now.plus(life))));
        store.change(() -> {
            insert.update();
            witness.sees(key);
            return key;
        });
        ring.forget(key.id());
        return key;
    }

    /** Every key, newest first. */
    public List<KeyInfo> list() {
        return store.jdbc()
                .sql(SELECT + " order by created_at desc, id")
                .query((row, _) -> info(row))
                .list();
    }

    /** One key. */
    public Optional<KeyInfo> find(String id) {
        return store.jdbc()
                .sql(SELECT + " where id = ?")
                .param(id)
                .query((row, _) -> info(row))
                .optional();
    }

    /**
     * Gives a key another secret; the old one counts for {@link #OVERLAP} more, the one before it no longer.
     *
     * @throws MissingException if there is no such key that lives
     */
    public ApiKey rotate(String id, Witness<? super String> witness) {
        ApiKey key = ApiKey.generate(id);
        change(
                id,
                store.jdbc()
                        .sql("update api_key set old_digest = digest, old_until = ?, digest = ?"
                                + " where id = ? and revoked_at is null")
                        .params(KeyRows.at(clock.instant().plus(OVERLAP)), pepper.digest(key), id),
                witness);
        return key;
    }

    /** The same, unwitnessed. */
    public void revoke(String id) {
        revoke(id, Witness.NOBODY);
    }

    /**
     * Ends a key, here at once and on every gateway within a second.
     *
     * @throws MissingException if there is no such key that lives
     */
    public void revoke(String id, Witness<? super String> witness) {
        change(
                id,
                store.jdbc()
                        .sql("update api_key set revoked_at = ?, old_digest = null, old_until = null"
                                + " where id = ? and revoked_at is null")
                        .params(KeyRows.at(clock.instant()), id),
                witness);
    }

    private void change(String id, StatementSpec update, Witness<? super String> witness) {
        store.change(() -> {
            if (update.update() == 0) throw new MissingException("key", id);
            store.changed("key", id);
            witness.sees(id);
            return id;
        });
        ring.changed(id);
    }

    private static KeyInfo info(ResultSet row) throws SQLException {
        return new KeyInfo(
                row.getString("id"),
                row.getString("team_id"),
                row.getString("project_id"),
                row.getString("name"),
                KeyRows.models(row),
                KeyRows.at(row, "created_at"),
                KeyRows.instant(row, "expires_at"),
                KeyRows.instant(row, "revoked_at"),
                KeyRows.instant(row, "old_until"),
                KeyRows.instant(row, "used_at"));
    }
}
