// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.UsageTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Adds up what was used, by hour and place in the tree. What exchanges add is kept in memory and written every second; a
 * write that fails is tried again with the next. Adding never waits for the database. Safe for use by many threads.
 */
public final class UsageBook implements UsageTotals, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageBook.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    // One order, so that two gateways that write the same rows never wait for each other.
    private static final Comparator<Map.Entry<Place, Sum>> IN_ORDER =
            Map.Entry.comparingByKey(Comparator.comparing(Place::hour)
                    .thenComparing(Place::team)
                    .thenComparing(Place::project)
                    .thenComparing(Place::key)
                    .thenComparing(Place::model));

    private final UsageRows rows;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock writing = new ReentrantLock();
    private Map<Place, Sum> waiting = new HashMap<>();

    /** Begins to write. */
    public UsageBook(TenantStore store) {
        this.rows = new UsageRows(store);
        Thread.ofVirtual().name("usage-book").start(this::run);
    }

    /** Where use belongs. */
    public record Place(Instant hour, String team, String project, String key, String model) {
        /** At the hour of a moment. */
        public static Place at(Instant moment, Caller caller, String model) {
            return new Place(moment.truncatedTo(ChronoUnit.HOURS), caller.team(), caller.project(), caller.id(), model);
        }
    }

    /**
     * How much.
     *
     * @param requests that were admitted
     * @param refused requests that were not
     * @param micros cost in micro-units
     */
    public record Sum(long requests, long refused, long tokensIn, long tokensOut, long micros) {
        Sum plus(Sum more) {
            return new Sum(
                    requests + more.requests,
                    refused + more.refused,
                    tokensIn + more.tokensIn,
                    tokensOut + more.tokensOut,
                    micros + more.micros);
        }
    }

    /** What reports are grouped by. */
    public enum Group {
        TEAM("team_id"),
        PROJECT("project_id"),
        KEY("key_id"),
        MODEL("model"),
        HOUR("at_hour");

        private final String column;

        Group(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    /** One line of a report: the groups' values in the order that was asked for, and their sum. */
    public record Line(List<String> group, Sum sum) {
        public Line {
            group = List.copyOf(group);
        }
    }

    /** Adds what an exchange used. */
    public void add(Place place, Sum sum) {
        synchronized (this) {
            waiting.merge(place, sum, Sum::plus);
        }
    }

    /**
     * What was used from a moment on and before another. Use counts in the hour of its request.
     *
     * @param by at least one, in the order of the lines' groups
     */
    public List<Line> report(Instant from, Instant to, List<Group> by) {
        flush();
        return rows.report(from, to, List.copyOf(by));
    }

    @Override
    public long used(Limit limit, Instant from, Instant until) {
        try {
            writeOut();
            return rows.used(limit.scope(), limit.model(), from, until)
                    .map(sum -> switch (limit.unit()) {
                        case REQUESTS, CONCURRENCY -> sum.requests();
                        case TOKENS -> sum.tokensIn() + sum.tokensOut();
                        case COST -> sum.micros();
                    })
                    .orElse(0L);
        } catch (DataAccessException | TransactionException e) {
            throw new UncheckedIOException("usage: the database cannot be asked", new IOException(e));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        flush();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) flush();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        try {
            writeOut();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("usage is not written yet: {}", e.getClass().getSimpleName());
        }
    }

    private void writeOut() {
        writing.lock();
        try {
            Map<Place, Sum> batch = takeWaiting();
            if (batch.isEmpty()) return;
            try {
                rows.add(batch.entrySet().stream().sorted(IN_ORDER).toList());
            } catch (DataAccessException | TransactionException e) {
                batch.forEach(this::add);
                throw e;
            }
        } finally {
            writing.unlock();
        }
    }

    private synchronized Map<Place, Sum> takeWaiting() {
        Map<Place, Sum> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }
}
