// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a growing Merkle tree: the roots of its perfect subtrees, largest first. One thread. */
final class Frontier {
    private final List<byte[]> roots;
    private long size;

    Frontier() {
        this(new ArrayList<>(), 0);
    }

    private Frontier(List<byte[]> roots, long size) {
        this.roots = roots;
        this.size = size;
    }

    Frontier copy() {
        return new Frontier(new ArrayList<>(roots), size);
    }

    long size() {
        return size;
    }

    /** Adds a leaf's hash. */
    void add(byte[] leafHash) {
        add(leafHash, 0);
    }

    /**
     * Adds the hash of a perfect subtree.
     *
     * @param height its leaves are 2 to the power of this, and what is there must be a multiple of as many
     */
    void add(byte[] subtree, int height) {
        if ((size & ((1L << height) - 1)) != 0)
            throw new IllegalArgumentException("height: " + height + " (expected: one that the size is a multiple of)");
        byte[] hash = subtree;
        for (long bits = size >> height; (bits & 1) == 1; bits >>= 1) hash = Hashes.node(roots.removeLast(), hash);
        roots.add(hash);
        size += 1L << height;
    }

    /** The roots of its perfect subtrees, largest first. */
    List<byte[]> roots() {
        return List.copyOf(roots);
    }

    /** The tree's root. */
    byte[] root() {
        if (roots.isEmpty()) return Hashes.empty();
        byte[] hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) hash = Hashes.node(roots.get(i), hash);
        return hash;
    }
}
