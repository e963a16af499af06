// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of keys, as the key ring reads it. */
final class KeyRows {
    private final TenantStore store;

    KeyRows(TenantStore store) {
        this.store = store;
    }

    Optional<KeyRow> find(String id) {
        return store.quick()
                .sql("select * from api_key where id = ?")
                .param(id)
                .query((row, _) -> row(row))
                .optional();
    }

    void used(String id, Instant at) {
        store.quick()
                .sql("update api_key set used_at = ? where id = ?")
                .params(at(at), id)
                .update();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static List<String> models(ResultSet row) throws SQLException {
        return List.of(row.getString("models").split(" ", -1));
    }

    private static KeyRow row(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                Caller.Kind.KEY,
                row.getString("id"),
                row.getString("team_id"),
                row.getString("project_id"),
                models(row));
        return new KeyRow(
                caller,
                row.getString("digest"),
                row.getString("old_digest"),
                instant(row, "old_until"),
                instant(row, "expires_at"),
                instant(row, "revoked_at") != null);
    }
}
