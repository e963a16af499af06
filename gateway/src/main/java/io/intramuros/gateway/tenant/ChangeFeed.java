// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Asks the database twice a second what has changed, and tells the key ring and the quotas. Changes are numbered under a
 * row's lock, so that no look can step over one that commits late.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final TenantStore store;
    private final KeyRing keys;
    private final Quotas quotas;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long seen;
    private boolean failing;

    ChangeFeed(TenantStore store, KeyRing keys, Quotas quotas, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.quotas = quotas;
        this.clock = clock;
        this.seen = newest();
    }

    /** Begins to ask. */
    public static ChangeFeed start(TenantStore store, KeyRing keys, Quotas quotas, InstantSource clock) {
        ChangeFeed feed = new ChangeFeed(store, keys, quotas, clock);
        Thread.ofVirtual().name("tenant-changes").start(feed::run);
        return feed;
    }

    private record Change(long n, String kind, String subject) {}

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            do look();
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. Where the database does not answer, the key ring learns nothing and grows stale. */
    void look() {
        Instant asked = clock.instant();
        try {
            long newest = newest();
            if (newest > seen) follow();
            if (newest < seen) startAnew(newest);
            keys.lookedAt(asked);
            keys.writeUses();
            if (failing) LOG.warn("the tenants' database answers again");
            failing = false;
        } catch (DataAccessException e) {
            if (!failing)
                LOG.warn(
                        "the tenants' database cannot be asked: {}; in {} every key is refused until it can",
                        e.getClass().getSimpleName(),
                        KeyRing.LONGEST_BLIND);
            failing = true;
        }
    }

    private void follow() {
        List<Change> changes = store.quick()
                .sql("select n, kind, subject from tenant_change where n > ? order by n")
                .param(seen)
                .query((row, _) -> new Change(row.getLong("n"), row.getString("kind"), row.getString("subject")))
                .list();
        for (Change change : changes) {
            if (change.kind().equals("key")) keys.changed(change.subject());
            else quotas.forget();
            seen = change.n();
        }
    }

    /** The numbers went back: the database was restored from a backup, so nothing that we remember need be true. */
    private void startAnew(long newest) {
        LOG.warn("the tenants' database is older than it was; all that was remembered of it is read again");
        keys.forgetAll();
        quotas.forget();
        seen = newest;
    }

    private long newest() {
        return store.quick()
                .sql("select n from change_epoch where one = 1")
                .query(Long.class)
                .single();
    }
}
