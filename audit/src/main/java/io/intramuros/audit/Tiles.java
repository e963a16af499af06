// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tiles of a growing tree (c2sp.org/tlog-tiles): each level's hashes by 256, and the records themselves by 256. It
 * hands out each tile when it is full, and on demand those that are not.
 */
final class Tiles {
    static final int WIDTH = 256;

    private final Sink sink;
    private final List<List<byte[]>> levels = new ArrayList<>();
    private final List<byte[]> entries = new ArrayList<>();
    private long size;

    Tiles(Sink sink) {
        this.sink = sink;
    }

    /** Takes tiles. */
    interface Sink {
        /**
         * A tile.
         *
         * @param path below the log's folder, in the form of tlog-tiles
         * @param end the number of records that it reaches to
         */
        void tile(String path, byte[] content, long end) throws IOException;
    }

    long size() {
        return size;
    }

    /**
     * Begins where a tree has so many records already.
     *
     * @param base a multiple of 256
     */
    void begin(long base, Proofs.Subtrees from) throws IOException {
        levels.add(new ArrayList<>());
        for (int level = 1; base >> (8 * level) > 0; level++) {
            List<byte[]> tile = new ArrayList<>();
            long count = base >> (8 * level);
            for (long index = count / WIDTH * WIDTH; index < count; index++) tile.add(from.hash(8 * level, index));
            levels.add(tile);
        }
        size = base;
    }

    /** Adds the next record. */
    void add(byte[] leaf, byte[] leafHash) throws IOException {
        entries.add(leaf);
        size++;
        if (entries.size() == WIDTH) {
            sink.tile("tile/entries/" + number(size / WIDTH - 1), entryBundle(), size);
            entries.clear();
        }
        add(0, leafHash);
    }

    /** Adds the hash of a record that was pruned; bundles of entries begin after those. */
    void addPruned(byte[] leafHash) throws IOException {
        size++;
        add(0, leafHash);
    }

    private void add(int level, byte[] hash) throws IOException {
        if (level == levels.size()) levels.add(new ArrayList<>());
        List<byte[]> tile = levels.get(level);
        tile.add(hash);
        if (tile.size() < WIDTH) return;
        sink.tile("tile/" + level + "/" + number(index(level) - 1), joined(tile), size);
        Frontier subtree = new Frontier();
        tile.forEach(subtree::add);
        tile.clear();
        add(level + 1, subtree.root());
    }

    /** Hands out the tiles that are not full. */
    void partial(Sink to) throws IOException {
        if (!entries.isEmpty())
            to.tile("tile/entries/" + number(size / WIDTH) + ".p/" + entries.size(), entryBundle(), size);
        for (int level = 0; level < levels.size(); level++) {
            List<byte[]> tile = levels.get(level);
            if (!tile.isEmpty())
                to.tile("tile/" + level + "/" + number(index(level)) + ".p/" + tile.size(), joined(tile), size);
        }
    }

    /** The number of tiles of a level that are full. */
    private long index(int level) {
        return size >> (8 * (level + 1));
    }

    private byte[] entryBundle() {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    private static byte[] joined(List<byte[]> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(hashes.size() * Hashes.BYTES);
        hashes.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** A tile's number: groups of three digits, all but the last with an x before. */
    static String number(long n) {
        StringBuilder path = new StringBuilder("%03d".formatted(n % 1000));
        for (long rest = n / 1000; rest > 0; rest /= 1000) path.insert(0, "x%03d/".formatted(rest % 1000));
        return path.toString();
    }
}
