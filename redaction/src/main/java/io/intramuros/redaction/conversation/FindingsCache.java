// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Finding;
import io.intramuros.redaction.vault.Surrogates;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found in texts, so that the old turns of a conversation are not searched again. It holds no text:
 * places and types, under the tenant's keyed hash of the text, of which it keeps 128 bits. What was not asked for longest
 * goes first. Safe for use by several threads at once.
 */
public final class FindingsCache {
    private static final String PURPOSE = "findings";
    /** What an entry takes beside its findings, and what a finding takes: measured generously. */
    private static final int ENTRY_BYTES = 160;

    private static final int FINDING_BYTES = 80;
    /** The hash of less costs more than the search. */
    private static final int SHORTEST = 16;

    private final long mostBytes;
    private final Duration mostAge;
    private final InstantSource clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long generation;
    private long hits;
    private long misses;

    private record Key(long high, long low) {}

    private record Entry(List<Finding> findings, Instant until) {
        long size() {
            return ENTRY_BYTES + (long) FINDING_BYTES * findings.size();
        }
    }

    /**
     * An empty one.
     *
     * @param mostBytes about how much memory it may take; 0 remembers nothing
     * @param mostAge how long a find is remembered that nobody asks for
     */
    public FindingsCache(long mostBytes, Duration mostAge, InstantSource clock) {
        if (mostBytes < 0) throw new IllegalArgumentException("most bytes: " + mostBytes + " (expected: 0 or more)");
        this.mostBytes = mostBytes;
        this.mostAge = mostAge;
        this.clock = clock;
    }

    /** What {@code search} finds in {@code text}, or found in it before. */
    List<Finding> find(Surrogates tenant, String text, Function<String, List<Finding>> search) {
        if (text.length() < SHORTEST || mostBytes == 0) return search.apply(text);
        ByteBuffer hash = ByteBuffer.wrap(tenant.fingerprint(PURPOSE, text));
        Key key = new Key(hash.getLong(), hash.getLong());
        long before;
        synchronized (this) {
            List<Finding> known = known(key);
            if (known != null) return known;
            before = generation;
        }
        List<Finding> found = List.copyOf(search.apply(text));
        put(key, found, before);
        return found;
    }

    private @Nullable List<Finding> known(Key key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.until().isBefore(clock.instant())) {
            misses++;
            return null;
        }
        hits++;
        entries.put(key, new Entry(entry.findings(), clock.instant().plus(mostAge)));
        return entry.findings();
    }

    private synchronized void put(Key key, List<Finding> found, long before) {
        // What detectors of yesterday found counts no more.
        if (before != generation) return;
        Entry entry = new Entry(found, clock.instant().plus(mostAge));
        if (entry.size() > mostBytes / 8) return;
        Entry old = entries.put(key, entry);
        bytes += entry.size() - (old == null ? 0 : old.size());
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry next = oldest.next();
            if (bytes <= mostBytes && !next.until().isBefore(clock.instant())) return;
            bytes -= next.size();
            oldest.remove();
        }
    }

    /** Forgets everything: policies or detectors have changed. */
    public synchronized void clear() {
        generation++;
        entries.clear();
        bytes = 0;
    }

    /** About how much memory it takes now. */
    public synchronized long bytes() {
        return bytes;
    }

    /** How often it knew. */
    public synchronized long hits() {
        return hits;
    }

    /** How often it did not. */
    public synchronized long misses() {
        return misses;
    }

    @Override
    public synchronized String toString() {
        return "FindingsCache[" + entries.size() + " texts]";
    }
}
