// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which part of a log is kept: all of it, or what retention has left. Tiles of hashes are never pruned. */
final class Kept {
    private Kept() {}

    /** The segments that count: those before what retention has left are only not deleted yet. */
    static List<Path> list(Path log) throws IOException {
        long first = Pruned.first(log);
        return Segments.list(log).stream()
                .filter(segment -> Segments.first(segment) >= first)
                .toList();
    }

    /** The first record that is in a segment; 0 where there are none. */
    static long first(List<Path> segments) {
        return segments.isEmpty() ? 0 : Segments.first(segments.getFirst());
    }

    /**
     * The tree as it is where the first of these segments begins.
     *
     * @throws IOException if that is not 0 and the tiles cannot be read
     */
    static Frontier frontier(Path log, List<Path> segments) throws IOException {
        long first = first(segments);
        return first == 0 ? new Frontier() : new TileReader(log, signedSize(log)).frontier(first);
    }

    /** The size that the checkpoint says, whoever has signed it. */
    static long signedSize(Path log) throws IOException {
        return Head.of(log).tree().size();
    }

    /** Brings the tiles of a growing tree to where the first of these segments begins. */
    static void restore(Path log, List<Path> segments, Tiles tiles) throws IOException {
        long first = first(segments);
        if (first == 0) return;
        long base = first / Tiles.WIDTH * Tiles.WIDTH;
        TileReader reader = new TileReader(log, signedSize(log));
        tiles.begin(base, reader);
        List<byte[]> bundle = bundle(log, base);
        for (long index = base; index < first; index++) {
            byte[] leaf = bundle.get((int) (index - base));
            tiles.add(leaf, Hashes.leaf(leaf));
        }
    }

    /** The records of the bundle that begins at {@code base}, as many as it has. */
    static List<byte[]> bundle(Path log, long base) throws IOException {
        Path whole = Volumes.find(log, "tile/entries/" + Tiles.number(base / Tiles.WIDTH));
        Path partial = Volumes.find(
                log, "tile/entries/" + Tiles.number(base / Tiles.WIDTH) + ".p/" + signedSize(log) % Tiles.WIDTH);
        byte[] bytes = Files.readAllBytes(Files.exists(whole) ? whole : partial);
        List<byte[]> leaves = new ArrayList<>();
        for (int at = 0; at + 2 <= bytes.length; ) {
            int length = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            leaves.add(Arrays.copyOfRange(bytes, at + 2, Math.min(bytes.length, at + 2 + length)));
            at += 2 + length;
        }
        return leaves;
    }
}
