// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proofs that a leaf is in a tree, and that one tree grew from another (RFC 6962, 2.1; checked by RFC 9162, 2.1). */
public final class Proofs {
    private Proofs() {}

    /** Where the hashes of perfect subtrees come from. */
    interface Subtrees {
        /** The hash over the leaves {@code index << height} up to {@code (index + 1) << height}, without it. */
        byte[] hash(int height, long index) throws IOException;
    }

    /**
     * The path of a leaf to the root, its sibling first.
     *
     * @param index 0 to {@code size - 1}
     * @param size leaves in the tree, at least 1
     */
    static List<byte[]> inclusion(long index, long size, Subtrees from) throws IOException {
        if (index < 0 || index >= size)
            throw new IllegalArgumentException("index: " + index + " (expected: 0 to " + (size - 1) + ")");
        List<byte[]> path = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + split(high - low);
            boolean left = index < middle;
            path.add(left ? root(middle, high, from) : root(low, middle, from));
            low = left ? low : middle;
            high = left ? middle : high;
        }
        return path.reversed();
    }

    /**
     * The proof that the tree of {@code size} leaves begins with that of {@code earlier}.
     *
     * @param earlier 0 to {@code size}; 0 and {@code size} have the empty proof
     */
    static List<byte[]> consistency(long earlier, long size, Subtrees from) throws IOException {
        if (earlier < 0 || earlier > size)
            throw new IllegalArgumentException("earlier: " + earlier + " (expected: 0 to " + size + ")");
        List<byte[]> proof = new ArrayList<>();
        if (earlier == 0 || earlier == size) return proof;
        long low = 0;
        long high = size;
        boolean whole = true;
        while (earlier != high) {
            long middle = low + split(high - low);
            boolean left = earlier <= middle;
            proof.add(left ? root(middle, high, from) : root(low, middle, from));
            whole &= left;
            low = left ? low : middle;
            high = left ? middle : high;
        }
        if (!whole) proof.add(root(low, high, from));
        return proof.reversed();
    }

    /** The root over leaves from {@code low} to {@code high}, exclusive, where {@code low} begins a subtree as large. */
    private static byte[] root(long low, long high, Subtrees from) throws IOException {
        long width = high - low;
        if (Long.bitCount(width) == 1) {
            int height = Long.numberOfTrailingZeros(width);
            return from.hash(height, low >> height);
        }
        long middle = low + split(width);
        return Hashes.node(root(low, middle, from), root(middle, high, from));
    }

    /** The largest power of two below {@code width}, which is at least 2. */
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }

    /** Whether a path leads from a leaf's hash to the root (RFC 9162, 2.1.3.2). */
    static boolean includes(byte[] leaf, long index, Checkpoint tree, List<byte[]> path) {
        if (index < 0 || index >= tree.size()) return false;
        long node = index;
        long last = tree.size() - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last) {
                hash = Hashes.node(sibling, hash);
                int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                hash = Hashes.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, tree.root());
    }

    /** Whether the tree of {@code later} grew from that of {@code earlier} (RFC 9162, 2.1.4.2). */
    static boolean grew(Checkpoint earlier, Checkpoint later, List<byte[]> proof) {
        if (earlier.size() > later.size()) return false;
        if (earlier.size() == later.size()) return proof.isEmpty() && Arrays.equals(earlier.root(), later.root());
        if (earlier.size() == 0) return proof.isEmpty() && Arrays.equals(earlier.root(), Hashes.empty());
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(earlier.size()) == 1) path.addFirst(earlier.root());
        return !path.isEmpty() && leadsToBoth(earlier, later, path);
    }

    private static boolean leadsToBoth(Checkpoint earlier, Checkpoint later, List<byte[]> path) {
        int up = Long.numberOfTrailingZeros(earlier.size());
        long node = (earlier.size() - 1) >> up;
        long last = (later.size() - 1) >> up;
        byte[] first = path.getFirst();
        byte[] second = first;
        for (byte[] sibling : path.subList(1, path.size())) {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last) {
                first = Hashes.node(sibling, first);
                second = Hashes.node(sibling, second);
                int skip = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= skip;
                last >>= skip;
            } else {
                second = Hashes.node(second, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(first, earlier.root()) && Arrays.equals(second, later.root());
    }
}
