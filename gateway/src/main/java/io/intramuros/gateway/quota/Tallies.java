// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was used in each open day and month, at each level, by model and in all, of a {@link LocalLedger}, whose lock
 * guards it. All use is counted, limit or none, so that a limit set at noon knows the morning.
 */
final class Tallies {
    private static final List<Limit.Per> SPANS = List.of(new Limit.Per.Day(), new Limit.Per.Month());
    private static final List<Limit.Unit> UNITS = List.of(Limit.Unit.REQUESTS, Limit.Unit.TOKENS, Limit.Unit.COST);

    /** One sum. */
    private record Account(
            Scope scope, Limit.Unit unit, @Nullable String model) {}

    /** The sums of one window. */
    private static final class Sums {
        private final Map<Account, Long> used = new HashMap<>();

        void add(Account account, long amount) {
            if (amount != 0) used.merge(account, amount, Long::sum);
        }
    }

    private final OrganizationCalendar calendar;
    private final Map<OrganizationCalendar.Window, Sums> open = new HashMap<>();

    Tallies(OrganizationCalendar calendar) {
        this.calendar = calendar;
    }

    long used(Charge charge) {
        Limit limit = charge.limit();
        Sums sums = sums(charge.window().orElseThrow());
        return sums.used.getOrDefault(new Account(limit.scope(), limit.unit(), limit.model()), 0L);
    }

    /** Adds in the windows that were open at an instant; what is subtracted must have been added at the same one. */
    void add(Instant at, Place place, Amounts amounts) {
        for (Limit.Per span : SPANS) {
            Sums sums = sums(calendar.window(span, at).orElseThrow());
            for (Scope scope : place.scopes())
                for (Limit.Unit unit : UNITS) {
                    sums.add(new Account(scope, unit, null), amounts.of(unit));
                    sums.add(new Account(scope, unit, place.model()), amounts.of(unit));
                }
        }
    }

    /** Forgets the windows that ended before an instant. */
    void forget(Instant before) {
        open.keySet().removeIf(window -> window.end().isBefore(before));
    }

    private Sums sums(OrganizationCalendar.Window window) {
        return open.computeIfAbsent(window, _ -> new Sums());
    }

    /** Where use is counted. */
    record Place(List<Scope> scopes, String model) {}

    /** What is added; negative where it is taken away. */
    record Amounts(long requests, long tokens, long costMicros) {
        long of(Limit.Unit unit) {
            return switch (unit) {
                case REQUESTS -> requests;
                case TOKENS -> tokens;
                case COST -> costMicros;
                case CONCURRENCY -> 0;
            };
        }
    }
}
