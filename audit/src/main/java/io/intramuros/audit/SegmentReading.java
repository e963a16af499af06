// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reading of one segment: each batch is handed over once its commit has shown that it is whole and follows. */
final class SegmentReading {
    private final Path file;
    private final long limit;
    private final long closedAt;
    private final Frontier tree;
    private final Segments.Sink sink;
    private final List<byte[]> batch = new ArrayList<>();
    private long offset = Frames.HEADER_BYTES;

    /**
     * How far a segment counts.
     *
     * @param limit the record from which on a later one supersedes it
     * @param closedAt its length, where it was closed in order; else 0
     */
    record Bounds(long limit, long closedAt) {}

    SegmentReading(Path file, Bounds bounds, Frontier tree, Segments.Sink sink) {
        this.file = file;
        this.limit = bounds.limit();
        this.closedAt = bounds.closedAt();
        this.tree = tree;
        this.sink = sink;
    }

    Segments.End read() throws IOException {
        try (FrameSource frames = FrameSource.open(file)) {
            String fault = Header.of(frames.header()).fault(file, tree);
            if (!fault.isEmpty()) return end(fault, frames.length(), 0);
            while (tree.size() < limit && fault.isEmpty()) {
                byte[] payload = frames.next();
                if (payload.length == 0) break;
                fault = take(payload);
                if (fault.isEmpty() && payload[0] != Frames.ENTRY) offset = frames.at();
            }
            if (fault.isEmpty() && limit == Long.MAX_VALUE && offset < frames.length()) fault = tail(frames);
            if (fault.isEmpty() && closedAt > 0 && tree.size() == limit) fault = rest(frames);
            return end(fault, frames.length(), offset);
        }
    }

    /** Where it was closed in order, nothing but the mark of its last force stands behind its last commit. */
    private String rest(FrameSource frames) throws IOException {
        if (frames.length() != closedAt) return "a segment is not as long as when it was closed";
        String fault = "";
        while (fault.isEmpty() && frames.at() < closedAt) {
            byte[] payload = frames.next();
            boolean isMark = payload.length > 0 && payload[0] == Frames.MARK;
            fault = isMark ? take(payload) : "a mark is damaged";
        }
        return fault;
    }

    private String take(byte[] payload) throws IOException {
        return switch (payload[0]) {
            case Frames.ENTRY -> {
                batch.add(Arrays.copyOfRange(payload, 1, payload.length));
                yield "";
            }
            case Frames.COMMIT -> commit(ByteBuffer.wrap(payload, 1, payload.length - 1));
            default -> mark(ByteBuffer.wrap(payload, 1, payload.length - 1).getLong());
        };
    }

    private String mark(long size) {
        return size == tree.size() && batch.isEmpty() ? "" : "a mark that does not fit its records";
    }

    /**
     * What stands after the last commit may be a batch that a power cut tore, and then nothing comes after it. A commit of
     * another batch, or the mark of a force, shows that the records before it were acknowledged, and that somebody has
     * damaged them.
     */
    private String tail(FrameSource frames) throws IOException {
        frames.moveTo(offset);
        do {
            byte[] payload = frames.next();
            if (payload.length == 0) {
                if (!frames.skip()) return "";
                continue;
            }
            ByteBuffer fields = ByteBuffer.wrap(payload, 1, payload.length - 1);
            boolean acknowledged = switch (payload[0]) {
                case Frames.COMMIT -> fields.getLong() != tree.size();
                case Frames.MARK -> fields.getLong() != tree.size();
                default -> false;
            };
            if (acknowledged) return "a record that was acknowledged is damaged";
        } while (true);
    }

    private Segments.End end(String fault, long length, long at) {
        boolean superseded = tree.size() >= limit;
        return new Segments.End(
                tree.size(),
                fault,
                superseded ? 0 : length - at,
                at,
                file.getFileName().toString());
    }

    private String commit(ByteBuffer fields) throws IOException {
        long first = fields.getLong();
        long size = fields.getLong();
        byte[] root = new byte[Hashes.BYTES];
        fields.get(root);
        Frontier next = tree.copy();
        List<byte[]> hashes = new ArrayList<>(batch.size());
        for (byte[] leaf : batch) {
            hashes.add(Hashes.leaf(leaf));
            next.add(hashes.getLast());
        }
        if (first != tree.size() || next.size() != size || !Arrays.equals(next.root(), root))
            return "a commit does not fit its records";
        for (int i = 0; i < batch.size() && tree.size() < limit; i++) {
            sink.entry(tree.size(), batch.get(i), hashes.get(i));
            tree.add(hashes.get(i));
        }
        batch.clear();
        return "";
    }
}
