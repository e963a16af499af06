// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Up to {@value #RECORDS} records that follow one another in one segment, and what may be among them.
 *
 * @param segment the first record of the segment
 * @param offset where the first one's frame begins
 * @param first the first one's index
 * @param count how many
 * @param earliest the lowest time among them, in microseconds
 * @param latest the highest
 */
record Block(long segment, long offset, long first, int count, long earliest, long latest, Bloom terms) {
    static final int RECORDS = 1_024;
    static final int BYTES = 6 * Long.BYTES + Bloom.BYTES + Integer.BYTES;

    /** An empty one, which begins at a frame. */
    static Block at(long segment, long offset, long first) {
        return new Block(segment, offset, first, 0, Long.MAX_VALUE, Long.MIN_VALUE, new Bloom());
    }

    long end() {
        return first + count;
    }

    Block with(AuditEntry entry) {
        Terms.of(entry).forEach(terms::add);
        long time = micros(entry.time());
        return new Block(segment, offset, first, count + 1, Math.min(earliest, time), Math.max(latest, time), terms);
    }

    /** Whether it may have what a query asks for. */
    boolean mayHave(RecordQuery query) {
        return end() > query.cursor()
                && latest >= micros(query.from())
                && earliest <= micros(query.to())
                && terms.mayHave(query.terms());
    }

    /** Hands over its records. */
    void read(Path log, Segments.Sink sink) throws IOException {
        try (FrameSource frames = FrameSource.open(Segments.file(log, segment))) {
            frames.moveTo(offset);
            long index = first;
            while (index < end()) {
                byte[] payload = frames.next();
                if (payload.length == 0)
                    throw new IOException("audit log: a frame that is not whole at record " + index
                            + " (expected: a log that verifies)");
                if (payload[0] != Frames.ENTRY) continue;
                byte[] leaf = Arrays.copyOfRange(payload, 1, payload.length);
                sink.entry(index++, leaf, Hashes.leaf(leaf));
            }
        }
    }

    private static long micros(Instant time) {
        if (time.equals(Instant.MIN)) return Long.MIN_VALUE;
        if (time.equals(Instant.MAX)) return Long.MAX_VALUE;
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** As it stands in the index. */
    byte[] written() {
        ByteBuffer to = ByteBuffer.allocate(BYTES);
        to.putLong(segment)
                .putLong(offset)
                .putLong(first)
                .putLong(count)
                .putLong(earliest)
                .putLong(latest);
        to.put(terms.bytes());
        to.putInt(Frames.crc(to.array(), 0, BYTES - Integer.BYTES));
        return to.array();
    }

    /** Reads what {@link #written} gave; its count is 0 where it is not that. */
    static Block read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getInt(BYTES - Integer.BYTES) != Frames.crc(bytes, 0, BYTES - Integer.BYTES)) return at(0, 0, 0);
        return new Block(
                from.getLong(),
                from.getLong(),
                from.getLong(),
                (int) from.getLong(),
                from.getLong(),
                from.getLong(),
                new Bloom(Arrays.copyOfRange(bytes, 6 * Long.BYTES, 6 * Long.BYTES + Bloom.BYTES)));
    }
}
