// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.quota.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Adds up what was used, by hour and place in the tree. What exchanges add is kept in memory and written every second; a
 * write that fails is tried again with the next.
 */
public final class UsageBook implements UsageTotals, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageBook.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final TenantStore store;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Map<Place, Sum> waiting = new HashMap<>();

    /** Begins to write. */
    public UsageBook(TenantStore store) {
        this.store = store;
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

    /** One line of a report. */
    public record Line(
            String team,
            String project,
            String key,
            String model,
            long requests,
            long refused,
            long tokensIn,
            long tokensOut,
            long micros) {}

    /** Adds what an exchange used. */
    public synchronized void add(Place place, Sum sum) {
        waiting.merge(place, sum, Sum::plus);
    }

    /** What was used from a moment on and before another, for each place that used something. */
    public List<Line> report(Instant from, Instant to) {
        flush();
        return store.jdbc()
                .sql(
                        "select team_id as team, project_id as project, key_id as \"key\", model, sum(requests) as requests,"
                                + " sum(refused) as refused, sum(tokens_in) as tokens_in, sum(tokens_out) as tokens_out,"
                                + " sum(micros) as micros from usage_hour where at_hour >= ? and at_hour < ?"
                                + " group by team_id, project_id, key_id, model order by team_id, project_id, key_id, model")
                .params(at(from), at(to))
                .query((row, _) -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)))
                .list();
    }

    @Override
    public long used(Limit limit, Instant start, Instant end) {
        flush();
        return report(start, end).stream()
                .filter(line -> covers(limit.scope(), line))
                .filter(line -> limit.model() == null || limit.model().equals(line.model()))
                .mapToLong(line -> switch (limit.unit()) {
                    case REQUESTS, CONCURRENCY -> line.requests();
                    case TOKENS -> line.tokensIn() + line.tokensOut();
                    case COST -> line.micros();
                })
                .sum();
    }

    private static boolean covers(Scope scope, Line line) {
        return Scope.path(line.team(), line.project(), line.key()).contains(scope);
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

    private synchronized void flush() {
        if (waiting.isEmpty()) return;
        Map<Place, Sum> writing = waiting;
        waiting = new HashMap<>();
        try {
            store.transaction()
                    .executeWithoutResult(_ -> new ArrayList<>(writing.keySet())
                            .stream()
                                    .sorted(Comparator.comparing(Place::toString)) // one order, so that none deadlock
                                    .forEach(place ->
                                            write(place, writing.getOrDefault(place, new Sum(0, 0, 0, 0, 0)))));
        } catch (DataAccessException | TransactionException e) {
            writing.forEach((place, sum) -> waiting.merge(place, sum, Sum::plus));
            LOG.warn("usage is not written yet: {}", e.getClass().getSimpleName());
        }
    }

    private void write(Place place, Sum sum) {
        int changed = store.jdbc()
                .sql("update usage_hour set requests = requests + ?, refused = refused + ?, tokens_in = tokens_in + ?,"
                        + " tokens_out = tokens_out + ?, micros = micros + ?"
                        + " where at_hour = ? and team_id = ? and project_id = ? and key_id = ? and model = ?")
                .params(sum.requests(), sum.refused(), sum.tokensIn(), sum.tokensOut(), sum.micros())
                .params(at(place.hour()), place.team(), place.project(), place.key(), place.model())
                .update();
        if (changed > 0) return;
        store.jdbc()
                .sql(
                        "insert into usage_hour (at_hour, team_id, project_id, key_id, model, requests, refused, tokens_in,"
                                + " tokens_out, micros) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(at(place.hour()), place.team(), place.project(), place.key(), place.model())
                .params(sum.requests(), sum.refused(), sum.tokensIn(), sum.tokensOut(), sum.micros())
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
