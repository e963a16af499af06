// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Instant;

/** What the database knows of use: from it a shared store opens the counter of a day or month that it has not got. */
@FunctionalInterface
public interface UsageTotals {
    /** No use is known. */
    UsageTotals NONE = (limit, from, until) -> 0;

    /**
     * What a limit by day or month has counted from {@code from} (included) until {@code until} (excluded).
     * Whatever it throws makes the reservation unavailable.
     */
    long used(Limit limit, Instant from, Instant until);
}
