// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a key belongs to, from memory where it can. {@link ChangeFeed} tells it of changes; while nobody could ask
 * for changes for too long it knows nothing any more, since a key may have been revoked meanwhile.
 */
public final class KeyRing {
    /** How old the last good look at the changes may be. */
    static final Duration LONGEST_BLIND = Duration.ofSeconds(5);

    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    private static final int MOST_UNKNOWN = 10_000;
    private static final String NO_DIGEST = "0".repeat(64);

    private final TenantStore store;
    private final Pepper pepper;
    private final InstantSource clock;
    private final Map<String, Entry> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> unknown = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> watches = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Instant lookedAt;

    public KeyRing(TenantStore store, Pepper pepper, InstantSource clock) {
        this.store = store;
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

    private record Entry(
            Caller caller,
            String digest,
            @Nullable String oldDigest,
            @Nullable Instant oldUntil,
            @Nullable Instant expiresAt,
            boolean revoked) {}

    /** What a key is worth, without asking the database; empty where that is needed. */
    public Optional<Outcome> cached(ApiKey key) {
        Instant now = clock.instant();
        if (Duration.between(lookedAt, now).compareTo(LONGEST_BLIND) >= 0) return Optional.of(new Outcome.Stale());
        Entry entry = known.get(key.id());
        if (entry != null) return Optional.of(judge(key, entry, now));
        Instant until = unknown.get(key.id());
        return until != null && now.isBefore(until) ? Optional.of(new Outcome.Unknown()) : Optional.empty();
    }

    /** What a key is worth; asks the database where it must. */
    public Outcome authenticate(ApiKey key) {
        Optional<Outcome> remembered = cached(key);
        if (remembered.isPresent()) return remembered.get();
        long before = changes.get();
        Optional<Entry> loaded = store.jdbc()
                .sql("select * from api_key where id = ?")
                .param(key.id())
                .query((row, _) -> entry(row))
                .optional();
        Instant now = clock.instant();
        if (loaded.isEmpty()) {
            forgetOldUnknown(now);
            unknown.put(key.id(), now.plus(UNKNOWN));
            matches(pepper.digest(key), NO_DIGEST); // an unknown id costs what a known one does
            return new Outcome.Unknown();
        }
        // A change that came meanwhile may be of this key, and what was read older than it.
        if (changes.get() == before) known.put(key.id(), loaded.get());
        return judge(key, loaded.get(), now);
    }

    private Outcome judge(ApiKey key, Entry entry, Instant now) {
        String digest = pepper.digest(key);
        boolean current = matches(digest, entry.digest());
        boolean old = entry.oldDigest() != null
                && entry.oldUntil() != null
                && now.isBefore(entry.oldUntil())
                && matches(digest, entry.oldDigest());
        if (!current && !old) return new Outcome.Unknown();
        if (entry.revoked()) return new Outcome.Revoked();
        boolean expired = entry.expiresAt() != null && !now.isBefore(entry.expiresAt());
        return expired ? new Outcome.Expired() : new Outcome.Known(entry.caller());
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
        known.remove(id);
        unknown.remove(id);
    }

    /** Forgets a key that changed, and ends what runs under it where it was revoked. */
    void changed(String id) {
        forget(id);
        Set<Runnable> running = watches.get(id);
        if (running == null) return;
        boolean revoked = store.jdbc()
                        .sql("select count(*) from api_key where id = ? and revoked_at is not null")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
        if (revoked) running.forEach(Runnable::run);
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

    private static boolean matches(String digest, String kept) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                Caller.Kind.KEY,
                row.getString("id"),
                row.getString("team_id"),
                row.getString("project_id"),
                List.of(row.getString("models").split(" ", -1)));
        return new Entry(
                caller,
                row.getString("digest"),
                row.getString("old_digest"),
                Keys.instant(row, "old_until"),
                Keys.instant(row, "expires_at"),
                Keys.instant(row, "revoked_at") != null);
    }
}
