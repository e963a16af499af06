// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about. */
final class Eventually {
    /** Something that can be true or not yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    private Eventually() {}

    static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) throw new AssertionError("20 s without: " + what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
