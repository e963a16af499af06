// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/** Makes, lists, rotates and revokes API keys. What is changed is numbered, so that every gateway hears of it. */
public final class Keys {
    /** How long the old secret of a rotated key still counts. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final String COLUMNS = "id, team_id, project_id, name, models, created_at, expires_at, revoked_at";

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

    /**
     * Makes a key. Only here is it ever to be seen.
     *
     * @throws MissingException if there is no such team or project
     */
    public ApiKey create(NewKey wanted) {
        if (!directory.hasProject(wanted.team(), wanted.project()))
            throw new MissingException("project", wanted.team() + "/" + wanted.project());
        ApiKey key = ApiKey.generate();
        Instant now = clock.instant();
        Duration life = wanted.expiresIn();
        store.jdbc()
                .sql("insert into api_key (id, team_id, project_id, name, digest, models, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(key.id())
                .param(wanted.team())
                .param(wanted.project())
                .param(wanted.name())
                .param(pepper.digest(key))
                .param(String.join(" ", wanted.models()))
                .param(at(now))
                .param(new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, life == null ? null : at(now.plus(life))))
                .update();
        ring.forget(key.id());
        return key;
    }

    /** Every key, newest first. */
    public List<KeyInfo> list() {
        return store.jdbc()
                .sql("select " + COLUMNS + " from api_key order by created_at desc, id")
                .query((row, _) -> info(row))
                .list();
    }

    /** One key. */
    public Optional<KeyInfo> find(String id) {
        return store.jdbc()
                .sql("select " + COLUMNS + " from api_key where id = ?")
                .param(id)
                .query((row, _) -> info(row))
                .optional();
    }

    /**
     * Gives a key another secret; the old one counts for {@link #OVERLAP} more.
     *
     * @throws MissingException if there is no such key that lives
     */
    public ApiKey rotate(String id) {
        ApiKey key = ApiKey.generate(id);
        change(
                id,
                "update api_key set old_digest = digest, old_until = ?, digest = ? where id = ? and revoked_at is null",
                at(clock.instant().plus(OVERLAP)),
                pepper.digest(key));
        return key;
    }

    /**
     * Ends a key, here at once and on every gateway within a second.
     *
     * @throws MissingException if there is no such key that lives
     */
    public void revoke(String id) {
        change(
                id,
                "update api_key set revoked_at = ?, old_digest = ? where id = ? and revoked_at is null",
                at(clock.instant()),
                null);
    }

    private void change(String id, String sql, OffsetDateTime moment, @Nullable String digest) {
        store.transaction().executeWithoutResult(_ -> {
            int changed = store.jdbc()
                    .sql(sql)
                    .param(moment)
                    .param(new SqlParameterValue(Types.VARCHAR, digest))
                    .param(id)
                    .update();
            if (changed == 0) throw new MissingException("key", id);
            store.changed("key", id);
        });
        ring.changed(id);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static KeyInfo info(ResultSet row) throws SQLException {
        return new KeyInfo(
                row.getString("id"),
                row.getString("team_id"),
                row.getString("project_id"),
                row.getString("name"),
                List.of(row.getString("models").split(" ", -1)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"));
    }
}
