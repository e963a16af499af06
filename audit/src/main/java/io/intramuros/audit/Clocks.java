// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Notices that somebody set the clock, by a second one that nobody can set. One thread. */
final class Clocks {
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private final InstantSource clock;
    private Instant wall;
    private long steady = System.nanoTime();

    Clocks(InstantSource clock) {
        this.clock = clock;
        this.wall = clock.instant();
    }

    /** A record of the step since the last call, if there was one. */
    Optional<AuditRecord> step() {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        boolean stands = now.equals(wall); // a clock of a test, which nobody sets
        Duration step = Duration.between(wall, now).minusNanos(nanos - steady);
        wall = now;
        steady = nanos;
        if (stands || step.abs().compareTo(TOLERATED) <= 0) return Optional.empty();
        return Optional.of(AuditRecord.of("system.clock_stepped")
                .with("millis", step.toMillis())
                .build());
    }
}
