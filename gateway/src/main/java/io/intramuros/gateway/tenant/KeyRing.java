// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;

/**
 * Tells who a key belongs to, from memory where it can. {@link ChangeFeed} tells it of changes; while nobody could ask
 * for changes for too long it knows nothing any more, since a key may have been revoked meanwhile. Safe for use by many
 * threads.
 */
public final class KeyRing {
    /** How old the last good look at the changes may be. */
    static final Duration LONGEST_BLIND = Duration.ofSeconds(5);

    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);
    private static final int MOST_UNKNOWN = 10_000;

    private final KeyRows rows;
    private final Pepper pepper;
    private final InstantSource clock;
    private final Map<String, KeyRow> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> unknown = new ConcurrentHashMap<>();
    private final Map<String, FutureTask<Optional<KeyRow>>> loading = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> watches = new ConcurrentHashMap<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final Map<String, Instant> usesToWrite = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Instant lookedAt;

    public KeyRing(TenantStore store, Pepper pepper, InstantSource clock) {
        this.rows = new KeyRows(store);
        this.pepper = pepper;
        this.clock = clock;
        this.lookedAt = clock.instant();
    }

    /** What a key is worth. */
    public sealed interface Outcome {
        /** It lives. */
        record Known(Caller caller) implements Outcome {}

        /** There is none such. */
        record Unknown() implements Outcome {}

        /** It was revoked. */
        record Revoked() implements Outcome {}

        /** Its time is over. */
        record Expired() implements Outcome {}

        /** Nobody can say at the moment. */
        record Stale() implements Outcome {}
    }

    /** Watches over a key until it is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** What a key is worth, without asking the database; empty where that is needed. */
    public Optional<Outcome> cached(ApiKey key) {
        Instant now = clock.instant();
        if (isBlind(now)) return Optional.of(new Outcome.Stale());
        KeyRow row = known.get(key.id());
        if (row != null) return Optional.of(judge(key, row, now));
        Instant until = unknown.get(key.id());
        return until != null && now.isBefore(until) ? Optional.of(new Outcome.Unknown()) : Optional.empty();
    }

    /** What a key is worth; asks the database where it must. Many who ask for one id at a time ask it once. */
    public Outcome authenticate(ApiKey key) {
        Optional<Outcome> remembered = cached(key);
        if (remembered.isPresent()) return remembered.get();
        Optional<KeyRow> row;
        try {
            row = load(key.id());
        } catch (DataAccessException _) {
            return new Outcome.Stale(); // the change feed says so in the log
        }
        Instant now = clock.instant();
        if (isBlind(now)) return new Outcome.Stale();
        return judge(key, row.orElse(KeyRow.NONE), now); // an unknown id costs what a known one does
    }

    private boolean isBlind(Instant now) {
        Duration age = Duration.between(lookedAt, now);
        // A clock that was set back must not make an old look young.
        return age.compareTo(LONGEST_BLIND) >= 0 || age.compareTo(LONGEST_BLIND.negated()) <= 0;
    }

    private Optional<KeyRow> load(String id) {
        FutureTask<Optional<KeyRow>> mine = new FutureTask<>(() -> loadAndKeep(id));
        FutureTask<Optional<KeyRow>> other = loading.putIfAbsent(id, mine);
        if (other != null) return result(other);
        try {
            mine.run();
        } finally {
            loading.remove(id, mine);
        }
        return result(mine);
    }

    private static Optional<KeyRow> result(FutureTask<Optional<KeyRow>> load) {
        try {
            return load.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException away) throw away;
            throw new IllegalStateException("key: cannot be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("key: interrupted while it was loaded", e);
        }
    }

    private Optional<KeyRow> loadAndKeep(String id) {
        long before = changes.get();
        Optional<KeyRow> row = rows.find(id);
        Instant now = clock.instant();
        if (row.isEmpty()) forgetOldUnknown(now);
        // A change that came meanwhile may be of this key, and what was read older than it. The comparison runs under
        // the
        // entry's lock, which the forgetting takes after it has counted the change.
        known.compute(id, (_, had) -> changes.get() == before ? row.orElse(null) : had);
        unknown.compute(id, (_, had) -> changes.get() == before && row.isEmpty() ? now.plus(UNKNOWN) : had);
        return row;
    }

    private Outcome judge(ApiKey key, KeyRow row, Instant now) {
        if (!row.opensWith(pepper.digest(key), now)) return new Outcome.Unknown();
        if (row.revoked()) return new Outcome.Revoked();
        if (row.isExpired(now)) return new Outcome.Expired();
        noteUse(key.id(), now);
        return new Outcome.Known(row.caller());
    }

    /** Notes a use at most once a minute, so that a busy key costs no write per request. */
    private void noteUse(String id, Instant now) {
        Instant last = used.get(id);
        if (last != null && Duration.between(last, now).compareTo(USE_WRITTEN_EVERY) < 0) return;
        used.put(id, now);
        usesToWrite.put(id, now);
    }

    /** Writes when keys were last used. */
    void writeUses() {
        Map.copyOf(usesToWrite).forEach((id, at) -> {
            rows.used(id, at);
            usesToWrite.remove(id, at);
        });
    }

    /** Calls {@code gone} when a key is revoked, from then on until the watch is closed. */
    public Watch onRevoked(String id, Runnable gone) {
        watches.compute(id, (_, had) -> {
            Set<Runnable> all = had == null ? ConcurrentHashMap.newKeySet() : had;
            all.add(gone);
            return all;
        });
        return () -> watches.computeIfPresent(id, (_, had) -> {
            had.remove(gone);
            return had.isEmpty() ? null : had;
        });
    }

    /** Forgets a key of which something is new. */
    void forget(String id) {
        changes.incrementAndGet();
        loading.remove(id); // who asks from now on gets what is true from now on
        known.remove(id);
        unknown.remove(id);
    }

    /** Forgets everything, and ends what runs under keys that are no more. */
    void forgetAll() {
        changes.incrementAndGet();
        loading.clear();
        known.clear();
        unknown.clear();
        watches.keySet().forEach(this::changed);
    }

    /** Forgets a key that changed, and ends what runs under it where it was revoked. */
    void changed(String id) {
        forget(id);
        Set<Runnable> running = watches.get(id);
        if (running != null && rows.find(id).map(KeyRow::revoked).orElse(true)) running.forEach(Runnable::run);
    }

    /** Says that all changes up to a moment are known. */
    void lookedAt(Instant moment) {
        lookedAt = moment;
    }

    private void forgetOldUnknown(Instant now) {
        if (unknown.size() < MOST_UNKNOWN) return;
        unknown.values().removeIf(until -> !now.isBefore(until));
        if (unknown.size() >= MOST_UNKNOWN) unknown.clear();
    }
}
