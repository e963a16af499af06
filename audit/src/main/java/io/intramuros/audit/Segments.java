// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the segments of a log in their order, and stops at the first byte that is not as the writer left it. */
final class Segments {
    private static final String SUFFIX = ".seg";

    private Segments() {}

    /** Takes what was read. */
    interface Sink {
        /** A committed record. */
        void entry(long index, byte[] leaf, byte[] leafHash) throws IOException;
    }

    /**
     * How reading ended.
     *
     * @param size committed records that were read
     * @param fault what was wrong, or an empty text
     * @param leftover bytes of the last segment read that no commit covers
     * @param offset where they begin
     * @param file the last segment read, or an empty text
     */
    record End(long size, String fault, long leftover, long offset, String file) {}

    static Path folder(Path log) {
        return log.resolve("seg");
    }

    static Path file(Path log, long first) {
        return folder(log).resolve("%020d%s".formatted(first, SUFFIX));
    }

    /** The segments, in their order. */
    static List<Path> list(Path log) throws IOException {
        if (!Files.isDirectory(folder(log))) return List.of();
        try (Stream<Path> files = Files.list(folder(log))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    static long first(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
    }

    /** Reads all segments. */
    static End read(Path log, Sink sink) throws IOException {
        List<Path> files = list(log);
        Frontier tree = new Frontier();
        End end = new End(0, "", 0, 0, "");
        for (int i = 0; i < files.size(); i++) {
            long limit = i + 1 < files.size() ? first(files.get(i + 1)) : Long.MAX_VALUE;
            end = new Reading(files.get(i), limit, tree, sink).read();
            boolean last = i + 1 == files.size();
            if (!end.fault().isEmpty() || (!last && end.size() != limit)) {
                String fault = end.fault().isEmpty()
                        ? end.leftover() > 0 ? "a frame that is not whole" : "records are missing"
                        : end.fault();
                return new End(end.size(), fault, end.leftover(), end.offset(), end.file());
            }
        }
        return end;
    }

    /** The reading of one segment. */
    private static final class Reading {
        private final Path file;
        private final long limit;
        private final Frontier tree;
        private final Sink sink;
        private final List<byte[]> batch = new ArrayList<>();
        private long offset = Frames.HEADER_BYTES;

        Reading(Path file, long limit, Frontier tree, Sink sink) {
            this.file = file;
            this.limit = limit;
            this.tree = tree;
            this.sink = sink;
        }

        End read() throws IOException {
            long length = Files.size(file);
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                String fault = header(in);
                if (!fault.isEmpty()) return end(fault, length, 0);
                long at = offset;
                while (tree.size() < limit) {
                    byte[] payload = frame(in);
                    if (payload.length == 0) break;
                    at += Frames.FRAME_HEAD_BYTES + payload.length;
                    if (payload[0] == Frames.ENTRY) {
                        batch.add(Arrays.copyOfRange(payload, 1, payload.length));
                    } else {
                        fault = commit(payload);
                        if (!fault.isEmpty()) return end(fault, length, offset);
                        offset = at;
                    }
                }
            }
            return end("", length, offset);
        }

        private End end(String fault, long length, long at) {
            boolean superseded = tree.size() >= limit;
            return new End(
                    tree.size(),
                    fault,
                    superseded ? 0 : length - at,
                    at,
                    file.getFileName().toString());
        }

        private String header(DataInputStream in) throws IOException {
            byte[] header = in.readNBytes(Frames.HEADER_BYTES);
            if (header.length < Frames.HEADER_BYTES) return "a segment's header is not whole";
            ByteBuffer fields = ByteBuffer.wrap(header);
            byte[] magic = new byte[Frames.MAGIC.length];
            fields.get(magic);
            long first = fields.getLong();
            byte[] root = new byte[Hashes.BYTES];
            fields.get(root);
            if (fields.getInt() != Frames.crc(header, 0, header.length - Integer.BYTES)
                    || !Arrays.equals(magic, Frames.MAGIC)
                    || first != first(file)) return "a segment's header is not as written";
            if (first > tree.size()) return "records are missing";
            return first < tree.size() || !Arrays.equals(root, tree.root())
                    ? "a segment's header is of another log"
                    : "";
        }

        /** The next frame's payload; empty where there is no whole one. */
        private static byte[] frame(DataInputStream in) throws IOException {
            try {
                int length = in.readInt();
                int crc = in.readInt();
                if (length < 1 || length > Frames.MAX_ENTRY_BYTES + 1) return new byte[0];
                byte[] payload = in.readNBytes(length);
                boolean whole = payload.length == length
                        && Frames.crc(payload, 0, length) == crc
                        && (payload[0] == Frames.ENTRY
                                || (payload[0] == Frames.COMMIT && length == 1 + Long.BYTES + Hashes.BYTES));
                return whole ? payload : new byte[0];
            } catch (EOFException _) {
                return new byte[0]; // the end, or a cut frame
            }
        }

        private String commit(byte[] payload) throws IOException {
            ByteBuffer fields = ByteBuffer.wrap(payload, 1, payload.length - 1);
            long size = fields.getLong();
            byte[] root = new byte[Hashes.BYTES];
            fields.get(root);
            Frontier next = tree.copy();
            List<byte[]> hashes = new ArrayList<>(batch.size());
            for (byte[] leaf : batch) {
                hashes.add(Hashes.leaf(leaf));
                next.add(hashes.getLast());
            }
            if (next.size() != size || !Arrays.equals(next.root(), root)) return "a commit does not fit its records";
            for (int i = 0; i < batch.size() && tree.size() < limit; i++) {
                sink.entry(tree.size(), batch.get(i), hashes.get(i));
                tree.add(hashes.get(i));
            }
            batch.clear();
            return "";
        }
    }
}
