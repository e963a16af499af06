// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One limit at one scope.
 *
 * @param scope where it holds
 * @param unit what it counts
 * @param amount the most of it, at least 0, where 0 closes the door; cost in micro-units of the models' currency
 * @param per the window
 * @param model the model it is for, or null for all together
 * @param burst for a {@link Per.Rate}: the bucket's capacity, 1 to {@code amount}; null for {@code amount}
 */
public record Limit(
        Scope scope,
        Unit unit,
        long amount,
        Per per,
        @Nullable String model,
        @Nullable Long burst) {
    /** So that amount × period in milliseconds stays below 2^53, where a Lua number is still exact. */
    static final long MOST_PER_PERIOD = 1_000_000_000L;

    /** What a limit counts. */
    public enum Unit {
        REQUESTS,
        TOKENS,
        CONCURRENCY,
        COST
    }

    /** The window of a limit. */
    public sealed interface Per {
        /** A token bucket that refills evenly over {@code period}, 1 s to 1 h. */
        record Rate(Duration period) implements Per {
            /** Refuses a period outside 1 s to 1 h. */
            public Rate {
                if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofHours(1)) > 0)
                    throw new IllegalArgumentException("per: " + period + " (expected: PT1S to PT1H)");
            }
        }

        /** A calendar day in the organization's time zone. */
        record Day() implements Per {}

        /** A calendar month in the organization's time zone. */
        record Month() implements Per {}

        /** No window: what is in flight now. */
        record Now() implements Per {}
    }

    /** Refuses what no ledger could hold anybody to. */
    public Limit {
        if (amount < 0) throw new IllegalArgumentException("amount: " + amount + " (expected: at least 0)");
        if ((unit == Unit.CONCURRENCY) != per instanceof Per.Now)
            throw new IllegalArgumentException(
                    "per: " + per + " (expected: no window for concurrency, one for others)");
        boolean rate = per instanceof Per.Rate;
        if (rate && amount > MOST_PER_PERIOD)
            throw new IllegalArgumentException("amount: " + amount + " (expected: at most " + MOST_PER_PERIOD + ")");
        if (burst != null && (!rate || burst < 1 || burst > amount))
            throw new IllegalArgumentException("burst: " + burst + " (expected: 1 to amount, for a rate only)");
    }

    /** The most that can be there at once: the bucket's size or the window's amount. */
    public long capacity() {
        return burst == null ? amount : burst;
    }

    /** True where the limit counts a request for this model at one of these scopes. */
    boolean counts(Iterable<Scope> scopes, String requested) {
        if (model != null && !model.equals(requested)) return false;
        for (Scope each : scopes) if (each.equals(scope)) return true;
        return false;
    }

    /** What is counted, apart from how much is allowed: a changed amount keeps its use. */
    String name() {
        String window = switch (per) {
            case Per.Rate(Duration period) -> period.toString();
            case Per.Day _ -> "day";
            case Per.Month _ -> "month";
            case Per.Now _ -> "now";
        };
        String place = scope.toString().replace("%", "%25").replace("|", "%7C");
        return unit.name().toLowerCase(Locale.ROOT) + "|" + window + "|" + place + "|" + (model == null ? "" : model);
    }
}
