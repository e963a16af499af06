// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.tenant.UsageBook.Group;
import io.intramuros.gateway.tenant.UsageBook.Line;
import io.intramuros.gateway.tenant.UsageBook.Place;
import io.intramuros.gateway.tenant.UsageBook.Sum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of hourly use. */
final class UsageRows {
    private static final int BATCH = 200;
    private static final String SUMS =
            "sum(requests), sum(refused), sum(tokens_in), sum(tokens_out), sum(micros) from usage_hour";

    private final TenantStore store;
    private final JdbcTemplate batches;

    UsageRows(TenantStore store) {
        this.store = store;
        this.batches = store.batches();
    }

    /**
     * Adds to the rows, in one transaction. Each row is made first, empty, where it is missing: two gateways may do that
     * at once, where a plain MERGE of both would break on the key.
     */
    void add(List<Map.Entry<Place, Sum>> sums) {
        store.transaction().executeWithoutResult(_ -> {
            batches.batchUpdate(
                    "insert into usage_hour (at_hour, team_id, project_id, key_id, model, requests, refused, tokens_in,"
                            + " tokens_out, micros) values (?, ?, ?, ?, ?, 0, 0, 0, 0, 0) on conflict do nothing",
                    sums.stream().map(entry -> place(entry.getKey()).toArray()).toList());
            batches.batchUpdate(
                    "update usage_hour set requests = requests + ?, refused = refused + ?, tokens_in = tokens_in + ?,"
                            + " tokens_out = tokens_out + ?, micros = micros + ?"
                            + " where at_hour = ? and team_id = ? and project_id = ? and key_id = ? and model = ?",
                    sums,
                    BATCH,
                    (statement, entry) -> {
                        int column = 1;
                        for (Object value : values(entry)) statement.setObject(column++, value);
                    });
        });
    }

    private static List<Object> values(Map.Entry<Place, Sum> entry) {
        Sum sum = entry.getValue();
        List<Object> values =
                new ArrayList<>(List.of(sum.requests(), sum.refused(), sum.tokensIn(), sum.tokensOut(), sum.micros()));
        values.addAll(place(entry.getKey()));
        return values;
    }

    private static List<Object> place(Place place) {
        return List.of(KeyRows.at(place.hour()), place.team(), place.project(), place.key(), place.model());
    }

    List<Line> report(Instant from, Instant to, List<Group> by) {
        String columns = by.stream().map(Group::column).collect(Collectors.joining(", "));
        return store.jdbc()
                .sql("select " + columns + ", " + SUMS + " where at_hour >= ? and at_hour < ? group by " + columns
                        + " order by " + columns)
                .params(KeyRows.at(from), KeyRows.at(to))
                .query((row, _) -> line(row, by))
                .list();
    }

    /** What one place in the tree used; empty where it used nothing. */
    Optional<Sum> used(Scope scope, @Nullable String model, Instant from, Instant until) {
        List<Object> params = new ArrayList<>(List.of(KeyRows.at(from), KeyRows.at(until)));
        StringBuilder sql = new StringBuilder("select " + SUMS + " where at_hour >= ? and at_hour < ?");
        switch (scope.level()) {
            case ORG -> {}
            case TEAM -> and(sql, params, "team_id", scope.id());
            case PROJECT -> {
                int slash = scope.id().indexOf('/');
                and(sql, params, "team_id", scope.id().substring(0, slash));
                and(sql, params, "project_id", scope.id().substring(slash + 1));
            }
            case KEY -> and(sql, params, "key_id", scope.id());
        }
        if (model != null) and(sql, params, "model", model);
        return store.jdbc()
                .sql(sql.toString())
                .params(params)
                .query((row, _) -> sum(row, 1))
                .optional();
    }

    private static void and(StringBuilder sql, List<Object> params, String column, String value) {
        sql.append(" and ").append(column).append(" = ?");
        params.add(value);
    }

    private static Line line(ResultSet row, List<Group> by) throws SQLException {
        List<String> group = new ArrayList<>();
        for (int i = 1; i <= by.size(); i++)
            group.add(
                    by.get(i - 1) == Group.HOUR
                            ? row.getObject(i, OffsetDateTime.class).toInstant().toString()
                            : row.getString(i));
        return new Line(group, sum(row, by.size() + 1));
    }

    private static Sum sum(ResultSet row, int first) throws SQLException {
        return new Sum(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4));
    }
}
