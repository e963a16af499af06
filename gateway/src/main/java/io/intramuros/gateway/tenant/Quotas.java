// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/** The limits that administrators set. All of them are kept in memory: there are few, and every request asks. */
public final class Quotas implements LimitSource {
    private static final String ALL_MODELS = "*";

    private final TenantStore store;
    private volatile @Nullable List<Limit> remembered;

    public Quotas(TenantStore store) {
        this.store = store;
    }

    @Override
    public List<Limit> limitsFor(Caller caller, String model) {
        List<Scope> path = Scope.path(caller.team(), caller.project(), caller.id());
        return all().stream()
                .filter(limit -> path.contains(limit.scope()))
                .filter(limit -> limit.model() == null || limit.model().equals(model))
                .toList();
    }

    /** Every limit. */
    public List<Limit> all() {
        List<Limit> limits = remembered;
        if (limits == null) {
            limits = store.jdbc()
                    .sql("select * from quota order by level, level_id, unit, per, model")
                    .query((row, _) -> limit(row))
                    .list();
            remembered = limits;
        }
        return limits;
    }

    /** Puts these limits in the place of all that the scope had. */
    public void replace(Scope scope, List<Limit> limits) {
        store.transaction().executeWithoutResult(_ -> {
            store.jdbc()
                    .sql("delete from quota where level = ? and level_id = ?")
                    .params(level(scope), scope.id())
                    .update();
            limits.forEach(this::insert);
            store.changed("quota", scope.toString());
        });
        forget();
    }

    void forget() {
        remembered = null;
    }

    private void insert(Limit limit) {
        store.jdbc()
                .sql(
                        "insert into quota (level, level_id, unit, per, model, amount, burst) values (?, ?, ?, ?, ?, ?, ?)")
                .param(level(limit.scope()))
                .param(limit.scope().id())
                .param(limit.unit().name().toLowerCase(Locale.ROOT))
                .param(Windows.write(limit.per()))
                .param(limit.model() == null ? ALL_MODELS : limit.model())
                .param(limit.amount())
                .param(new SqlParameterValue(Types.BIGINT, limit.burst()))
                .update();
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

    /** The windows of limits as they are written: {@code PT1M}, {@code P1D}, {@code month}, or nothing. */
    public static final class Windows {
        private Windows() {}

        /** The written form. */
        public static String write(Limit.Per per) {
            return switch (per) {
                case Limit.Per.Rate(Duration period) -> period.toString();
                case Limit.Per.Day() -> "P1D";
                case Limit.Per.Month() -> "month";
                case Limit.Per.Now() -> "";
            };
        }

        /**
         * Reads the written form.
         *
         * @throws IllegalArgumentException if it is none
         */
        public static Limit.Per read(String per) {
            return switch (per) {
                case "" -> new Limit.Per.Now();
                case "P1D", "day" -> new Limit.Per.Day();
                case "month", "P1M" -> new Limit.Per.Month();
                default -> new Limit.Per.Rate(period(per));
            };
        }

        private static Duration period(String per) {
            try {
                Duration period = Duration.parse(per);
                if (period.toSeconds() < 1 || period.compareTo(Duration.ofHours(1)) > 0)
                    throw new IllegalArgumentException("per: out of range (expected: PT1S to PT1H, P1D or month)");
                return period;
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("per: no window (expected: PT1S to PT1H, P1D or month)", e);
            }
        }
    }
}
