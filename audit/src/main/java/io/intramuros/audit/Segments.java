// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the segments of a log in their order, and stops at the first byte that is not as the writer left it. */
final class Segments {
    static final String FOLDER = "seg";
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
     * @param size committed records that the log holds up to there
     * @param fault what was wrong, or an empty text
     * @param leftover bytes of the last segment read that no commit covers
     * @param offset where they begin
     * @param file the last segment read, or an empty text
     */
    record End(long size, String fault, long leftover, long offset, String file) {}

    static Path folder(Path log) {
        return log.resolve(FOLDER);
    }

    /** A segment of a log, which is there or is to be made in the first of its folders. */
    static Path file(Path log, long first) {
        return Volumes.find(log, FOLDER + "/" + name(first));
    }

    static String name(long first) {
        return "%020d%s".formatted(first, SUFFIX);
    }

    /** The segments, in their order; of two with one name, that of the second volume. */
    static List<Path> list(Path log) throws IOException {
        TreeMap<String, Path> byName = new TreeMap<>();
        for (Path volume : Volumes.of(log).reversed()) {
            if (!Files.isDirectory(folder(volume))) continue;
            try (Stream<Path> files = Files.list(folder(volume))) {
                files.filter(file -> file.getFileName().toString().matches("\\d{20}\\" + SUFFIX))
                        .forEach(file -> byName.put(file.getFileName().toString(), file));
            }
        }
        return List.copyOf(byName.values());
    }

    static long first(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
    }

    /** Reads all segments of a log of which none was pruned. */
    static End read(Path log, Sink sink) throws IOException {
        return read(list(log), new Frontier(), sink);
    }

    /**
     * Reads segments.
     *
     * @param tree as it is where the first of them begins
     */
    static End read(List<Path> files, Frontier tree, Sink sink) throws IOException {
        End end = new End(tree.size(), "", 0, 0, "");
        for (int i = 0; i < files.size(); i++) {
            boolean last = i + 1 == files.size();
            long limit = last ? Long.MAX_VALUE : first(files.get(i + 1));
            long closedAt = last ? 0 : Header.of(files.get(i + 1)).before();
            end = new SegmentReading(files.get(i), new SegmentReading.Bounds(limit, closedAt), tree, sink).read();
            if (!end.fault().isEmpty()) return end;
            if (!last && end.size() != limit) {
                String fault = end.leftover() > 0 ? "a frame that is not whole" : "records are missing";
                return new End(end.size(), fault, end.leftover(), end.offset(), end.file());
            }
        }
        return end;
    }
}
