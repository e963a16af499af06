// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the hashes of a tree from its tiles (c2sp.org/tlog-tiles). One thread. */
final class TileReader implements Proofs.Subtrees {
    /** Each level has 2^8 hashes of the one below. */
    private static final int LEVEL_BITS = 8;

    private static final int MOST_KEPT = 64;
    private static final int TRIES = 5;

    private final Path log;
    private final long size;
    private final Map<String, byte[]> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** Of a log that was signed with so many records. */
    TileReader(Path log, long size) {
        this.log = log;
        this.size = size;
    }

    @Override
    public byte[] hash(int height, long index) throws IOException {
        int level = height / LEVEL_BITS;
        int above = height % LEVEL_BITS;
        long first = index << above;
        int count = 1 << above;
        if ((index + 1) << height > size)
            throw new IllegalArgumentException("index: beyond the tree (expected: a whole subtree)");
        byte[] tile = tile(level, first / Tiles.WIDTH);
        Frontier subtree = new Frontier();
        int at = (int) (first % Tiles.WIDTH);
        for (int i = at; i < at + count; i++) {
            int from = i * Hashes.BYTES;
            if (from + Hashes.BYTES > tile.length) throw new IOException("audit log: a tile is not whole");
            subtree.add(Arrays.copyOfRange(tile, from, from + Hashes.BYTES));
        }
        return subtree.root();
    }

    private byte[] tile(int level, long number) throws IOException {
        String path = "tile/" + level + "/" + Tiles.number(number);
        byte[] found = kept.get(path);
        if (found != null) return found;
        long width = Math.min(Tiles.WIDTH, (size >> (LEVEL_BITS * level)) - number * Tiles.WIDTH);
        byte[] read = read(path, width);
        kept.put(path, read);
        return read;
    }

    /** The log may have grown meanwhile, and a partial tile then gave way to a fuller one, which begins the same. */
    private byte[] read(String path, long width) throws IOException {
        Path whole = Volumes.find(log, path);
        NoSuchFileException missing = new NoSuchFileException(whole.toString());
        for (int i = 0; i < TRIES; i++) {
            try {
                return Files.readAllBytes(Files.exists(whole) ? whole : fullest(path, width));
            } catch (NoSuchFileException e) {
                missing = e;
            }
        }
        throw missing;
    }

    private Path fullest(String path, long width) throws IOException {
        Path exact = Volumes.find(log, path + ".p/" + width);
        if (Files.exists(exact)) return exact;
        for (Path volume : Volumes.of(log)) {
            Path folder = volume.resolve(path + ".p");
            if (!Files.isDirectory(folder)) continue;
            try (Stream<Path> partials = Files.list(folder)) {
                Optional<Path> fuller = partials.filter(
                                file -> file.getFileName().toString().matches("\\d{1,3}"))
                        .filter(file -> Long.parseLong(file.getFileName().toString()) > width)
                        .findFirst();
                if (fuller.isPresent()) return fuller.get();
            }
        }
        throw new NoSuchFileException(exact.toString());
    }

    /** The tree as it was with so many records. */
    Frontier frontier(long records) throws IOException {
        Frontier tree = new Frontier();
        while (tree.size() < records) {
            int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(records - tree.size());
            tree.add(hash(height, tree.size() >> height), height);
        }
        return tree;
    }
}
