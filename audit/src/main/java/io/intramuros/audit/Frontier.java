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
        byte[] hash = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) hash = Hashes.node(roots.removeLast(), hash);
        roots.add(hash);
        size++;
    }

    /** The tree's root. */
    byte[] root() {
        if (roots.isEmpty()) return Hashes.empty();
        byte[] hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) hash = Hashes.node(roots.get(i), hash);
        return hash;
    }
}
