// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;

/** The ledger's answer. */
public sealed interface Reservation {
    /**
     * Taken at every level. The holder settles it in the end, whatever happens.
     *
     * @param id the exchange's id
     * @param standing what is left now
     */
    record Held(String id, Standing standing) implements Reservation {}

    /**
     * Nothing was taken, because this limit has too little left.
     *
     * @param limit the limit that takes longest to have enough
     * @param kind what sort of limit it is
     * @param retryAfter when it will have enough, if nobody else takes it
     * @param standing what is left now
     */
    record Refused(Limit limit, Kind kind, Duration retryAfter, Standing standing) implements Reservation {
        /** The value of {@code retry-after}: whole seconds, rounded up, at least 1. */
        public long retryAfterSeconds() {
            return Standing.seconds(
                    retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : retryAfter);
        }
    }

    /**
     * Nothing was taken: the request is larger than the whole limit, so waiting would not help.
     *
     * @param limit the limit that it is larger than
     */
    record NeverFits(Limit limit) implements Reservation {}

    /**
     * Nothing was taken, because the ledger cannot answer now.
     *
     * @param reason why, for the log
     */
    record Unavailable(String reason) implements Reservation {}

    /** The sorts of limits that a refusal tells apart. */
    enum Kind {
        RATE,
        BUDGET,
        CONCURRENCY;

        static Kind of(Limit.Per per) {
            return switch (per) {
                case Limit.Per.Rate _ -> RATE;
                case Limit.Per.Day _, Limit.Per.Month _ -> BUDGET;
                case Limit.Per.Now _ -> CONCURRENCY;
            };
        }
    }
}
