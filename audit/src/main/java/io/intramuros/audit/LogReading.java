// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads a log's records from its segments, one at a time. A log may be read while it grows. */
public final class LogReading {
    private final Path folder;
    private final RecordIndex index;

    private LogReading(Path folder) {
        this.folder = folder;
        this.index = new RecordIndex(folder);
    }

    /** For the log in a folder. */
    public static LogReading of(Path folder) {
        return new LogReading(folder);
    }

    /** Hands over every record that is kept, in its order, after holding its batch against the tree. */
    public void each(Consumer<AuditEntry> consumer) throws IOException {
        verified(segments(), (index, leaf, _) -> consumer.accept(AuditEntry.of(index, leaf)));
    }

    private void verified(List<Path> segments, Segments.Sink sink) throws IOException {
        Segments.End end = Segments.read(segments, Kept.frontier(folder, segments), sink);
        if (!end.fault().isEmpty())
            throw new IOException("audit log: " + end.fault() + " after record " + (end.size() - 1)
                    + " (expected: a log that verifies)");
    }

    private List<Path> segments() throws IOException {
        if (!Files.isDirectory(Segments.folder(folder)))
            throw new IOException("audit log: there are no segments (expected: a log's folder)");
        return Kept.list(folder);
    }

    /** The records that a query asks for. */
    public RecordPage search(RecordQuery query) throws IOException {
        List<AuditEntry> found = new ArrayList<>();
        OptionalLong next = matching(query, entry -> {
            if (found.size() == query.limit()) return false;
            found.add(entry);
            return true;
        });
        return new RecordPage(found, next);
    }

    /** Takes records, and says whether it took this one and wants more. */
    interface Taker {
        boolean take(AuditEntry entry) throws IOException;
    }

    /**
     * Hands over the records that a query asks for, in their order; its limit counts for nothing.
     *
     * @return the first that was not taken
     */
    OptionalLong matching(RecordQuery query, Taker taker) throws IOException {
        List<Path> segments = segments();
        long kept = Kept.first(segments);
        Matches matches = new Matches(query, taker);
        if (isWritable()) index.grow();
        long end = index.visit(block -> {
            if (block.first() >= kept && block.mayHave(query)) block.read(folder, matches);
            return matches.refused < 0;
        });
        if (matches.refused < 0) rest(segments, Math.max(end, kept), matches);
        return matches.refused < 0 ? OptionalLong.empty() : OptionalLong.of(matches.refused);
    }

    private boolean isWritable() {
        return Files.isWritable(Volumes.current(folder));
    }

    /** What is in no block of the index: read from the segment that it begins in, or from the first if none of it is signed. */
    private void rest(List<Path> segments, long from, Matches matches) throws IOException {
        long signed = Files.exists(Volumes.find(folder, "checkpoint")) ? Kept.signedSize(folder) : 0;
        int at = segments.size() - 1;
        while (at > 0 && Segments.first(segments.get(at)) > Math.min(from, signed)) at--;
        verified(segments.subList(Math.max(0, at), segments.size()), (index, leaf, hash) -> {
            if (index >= from) matches.entry(index, leaf, hash);
        });
    }

    /** The first record at or after a moment; the size where there is none. */
    long firstAt(Instant moment) throws IOException {
        OptionalLong first = matching(new RecordQuery(moment, Instant.MAX, "", "", "", "", 1, 0), _ -> false);
        return first.orElse(Long.MAX_VALUE);
    }

    /** Those that match, until the taker has enough. */
    private static final class Matches implements Segments.Sink {
        private final RecordQuery query;
        private final Taker taker;
        private long refused = -1;

        Matches(RecordQuery query, Taker taker) {
            this.query = query;
            this.taker = taker;
        }

        @Override
        public void entry(long index, byte[] leaf, byte[] leafHash) throws IOException {
            if (refused >= 0 || index < query.cursor()) return;
            AuditEntry entry = AuditEntry.of(index, leaf);
            if (query.matches(entry) && !taker.take(entry)) refused = index;
        }
    }
}
