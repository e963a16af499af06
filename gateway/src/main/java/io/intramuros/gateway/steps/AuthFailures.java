// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditUnavailableException;
import java.time.Duration;
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
    private final LongAdder since = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Begins.
     *
     * @param span how long failures are joined
     */
    public AuthFailures(Journal journal, Duration span) {
        this.journal = journal;
        Thread.ofVirtual().name("auth-failures").start(() -> write(span));
    }

    /** Counts one. */
    public void count() {
        since.increment();
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
        long count = since.sumThenReset();
        if (count == 0) return;
        try {
            journal.authFailed(count);
        } catch (AuditUnavailableException e) {
            since.add(count);
            LOG.error("{} failed authentications are not in the log yet: {}", count, e.getMessage());
        }
    }
}
