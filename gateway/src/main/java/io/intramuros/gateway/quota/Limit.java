// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit at one scope.
 *
 * @param scope where it holds
 * @param unit what it counts
 * @param amount the most of it, at least 0; cost in micro-units of the models' currency
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
        record Rate(Duration period) implements Per {}

        /** A calendar day in the organization's time zone. */
        record Day() implements Per {}

        /** A calendar month in the organization's time zone. */
        record Month() implements Per {}

        /** No window: what is in flight now. */
        record Now() implements Per {}
    }
}
