// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditUnavailableException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records failed authentications, joined: at most one record in each span however many there were, so that an attack
 * cannot fill the log.
 */
public final class AuthFailures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthFailures.class);

    private final Journal journal;
    private final Map<Plane, LongAdder> since = new EnumMap<>(Plane.class);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Where somebody failed. */
    public enum Plane {
        DATA("invalid_api_key"),
        ADMIN("invalid_admin_token");

        private final String code;

        Plane(String code) {
            this.code = code;
        }

        /** What the caller was told. */
        String code() {
            return code;
        }
    }

    /**
     * Begins.
     *
     * @param span how long failures are joined
     */
    public AuthFailures(Journal journal, Duration span) {
        this.journal = journal;
        for (Plane plane : Plane.values()) since.put(plane, new LongAdder());
        Thread.ofVirtual().name("auth-failures").start(() -> write(span));
    }

    /** Counts one. */
    public void count(Plane plane) {
        since.computeIfPresent(plane, (_, count) -> {
            count.increment();
            return count;
        });
    }

    @Override
    public void close() {
        closed.countDown();
        writeNow();
    }

    private void write(Duration span) {
        try {
            while (!closed.await(span.toMillis(), TimeUnit.MILLISECONDS)) writeNow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeNow() {
        since.forEach(this::write);
    }

    private void write(Plane plane, LongAdder failures) {
        long count = failures.sumThenReset();
        if (count == 0) return;
        try {
            journal.authFailed(plane, count);
        } catch (AuditUnavailableException e) {
            failures.add(count);
            LOG.error("{} failed authentications are not in the log yet: {}", count, e.getMessage());
        }
    }
}
