// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the records of a log that has tiles only, by whoever it was written. */
final class EntryTiles {
    private EntryTiles() {}

    /** Reads up to {@code size} records. */
    static Segments.End read(Path log, long size, Segments.Sink sink) throws IOException {
        Frontier tree = new Frontier();
        while (tree.size() < size) {
            long number = tree.size() / Tiles.WIDTH;
            long left = size - tree.size();
            String path = "tile/entries/" + Tiles.number(number) + (left < Tiles.WIDTH ? ".p/" + left : "");
            if (!Files.exists(Volumes.find(log, path))) return end(tree, "records are missing", path);
            if (!bundle(Files.readAllBytes(Volumes.find(log, path)), (int) Math.min(left, Tiles.WIDTH), tree, sink))
                return end(tree, "a bundle of entries is not whole", path);
        }
        return end(tree, "", "");
    }

    private static boolean bundle(byte[] bytes, int count, Frontier tree, Segments.Sink sink) throws IOException {
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (at + 2 > bytes.length) return false;
            int length = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            if (at + 2 + length > bytes.length) return false;
            byte[] leaf = Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
            byte[] hash = Hashes.leaf(leaf);
            sink.entry(tree.size(), leaf, hash);
            tree.add(hash);
            at += 2 + length;
        }
        return at == bytes.length;
    }

    private static Segments.End end(Frontier tree, String fault, String path) {
        return new Segments.End(tree.size(), fault, 0, 0, path);
    }
}
