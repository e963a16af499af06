// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The limits that administrators set. All of them are kept in memory, since there are few and every request asks; {@link
 * ChangeFeed} says when they changed. Safe for use by many threads.
 */
public final class Quotas implements LimitSource {
    private static final String ALL_MODELS = "*";

    private final TenantStore store;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Remembered remembered;

    public Quotas(TenantStore store) {
        this.store = store;
    }

    private record Remembered(long change, Map<Scope, List<Limit>> byScope) {}

    @Override
    public List<Limit> limitsFor(Caller caller, String model) {
        Map<Scope, List<Limit>> all = byScope();
        return Scope.path(caller.team(), caller.project(), caller.id()).stream()
                .flatMap(scope -> all.getOrDefault(scope, List.of()).stream())
                .filter(limit -> limit.model() == null || limit.model().equals(model))
                .toList();
    }

    /** The limits of one scope. */
    public List<Limit> of(Scope scope) {
        return byScope().getOrDefault(scope, List.of());
    }

    /** Every limit, by scope. */
    public List<Limit> all() {
        return load();
    }

    private Map<Scope, List<Limit>> byScope() {
        long now = changes.get();
        Remembered had = remembered;
        if (had != null && had.change() == now) return had.byScope();
        // A change that comes while this reads makes what it remembers old at once.
        Map<Scope, List<Limit>> byScope = load().stream().collect(Collectors.groupingBy(Limit::scope));
        remembered = new Remembered(now, byScope);
        return byScope;
    }

    private List<Limit> load() {
        return store.quick()
                .sql("select * from quota order by level, level_id, unit, per, model")
                .query((row, _) -> limit(row))
                .list();
    }

    /** The same, unwitnessed. */
    public void replace(Scope scope, List<Limit> limits) {
        replace(scope, limits, Witness.NOBODY);
    }

    /**
     * Puts these limits in the place of all that the scope had.
     *
     * @throws IllegalArgumentException if two of them count the same, or one is of another scope
     * @throws MissingException if there is no such team, project or key
     */
    public void replace(Scope scope, List<Limit> limits, Witness<? super List<Limit>> witness) {
        requireDistinct(scope, limits);
        requireScope(scope);
        store.change(() -> {
            store.jdbc()
                    .sql("delete from quota where level = ? and level_id = ?")
                    .params(level(scope), scope.id())
                    .update();
            limits.forEach(this::insert);
            store.changed("quota", scope.toString());
            witness.sees(limits);
            return scope;
        });
        forget();
    }

    /** Reads them again when they are next asked for. */
    void forget() {
        changes.incrementAndGet();
    }

    private static void requireDistinct(Scope scope, List<Limit> limits) {
        Set<List<String>> counted = new HashSet<>();
        for (Limit limit : limits) {
            if (!limit.scope().equals(scope))
                throw new IllegalArgumentException("limits: one of another scope (expected: all of " + scope + ")");
            if (!counted.add(List.of(limit.unit().name(), Windows.write(limit.per()), model(limit))))
                throw new IllegalArgumentException("limits: two of one unit, window and model (expected: one)");
        }
    }

    private void requireScope(Scope scope) {
        String id = scope.id();
        int slash = id.indexOf('/');
        boolean there = switch (scope.level()) {
            case ORG -> true;
            case TEAM -> isThere("select count(*) from team where id = ?", id);
            case PROJECT ->
                slash > 0
                        && isThere(
                                "select count(*) from project where team_id = ? and id = ?",
                                id.substring(0, slash),
                                id.substring(slash + 1));
            case KEY -> isThere("select count(*) from api_key where id = ?", id);
        };
        if (!there) throw new MissingException(level(scope), id);
    }

    private boolean isThere(String sql, Object... params) {
        return store.jdbc().sql(sql).params(params).query(Long.class).single() > 0;
    }

    private void insert(Limit limit) {
        store.jdbc()
                .sql(
                        "insert into quota (level, level_id, unit, per, model, amount, burst) values (?, ?, ?, ?, ?, ?, ?)")
                .param(level(limit.scope()))
                .param(limit.scope().id())
                .param(limit.unit().name().toLowerCase(Locale.ROOT))
                .param(Windows.write(limit.per()))
                .param(model(limit))
                .param(limit.amount())
                .param(new SqlParameterValue(Types.BIGINT, limit.burst()))
                .update();
    }

    private static String model(Limit limit) {
        return limit.model() == null ? ALL_MODELS : limit.model();
    }

    private static String level(Scope scope) {
        return scope.level().name().toLowerCase(Locale.ROOT);
    }

    private static Limit limit(ResultSet row) throws SQLException {
        String model = row.getString("model");
        long burst = row.getLong("burst");
        boolean none = row.wasNull();
        return new Limit(
                new Scope(
                        Scope.Level.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                        row.getString("level_id")),
                Limit.Unit.valueOf(row.getString("unit").toUpperCase(Locale.ROOT)),
                row.getLong("amount"),
                Windows.read(row.getString("per")),
                model.equals(ALL_MODELS) ? null : model,
                none ? null : burst);
    }
}
