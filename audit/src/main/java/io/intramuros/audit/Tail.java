// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The records from one on, kept while a log is read, and the segment that they make. */
final class Tail {
    private final long first;
    private final List<byte[]> leaves = new ArrayList<>();
    private byte[] root = Hashes.empty();

    /** For the records from index {@code first} on. */
    Tail(long first) {
        this.first = first;
    }

    /** Takes the next record, if it is one of them. */
    void add(Frontier before, byte[] leaf) {
        if (before.size() < first) return;
        if (leaves.isEmpty()) root = before.root();
        leaves.add(leaf);
    }

    boolean isEmpty() {
        return leaves.isEmpty();
    }

    long first() {
        return first;
    }

    /**
     * A segment of these records, with one commit; one without records where there are none.
     *
     * @param before the length of the segment before, where it is known; else 0
     */
    byte[] bytes(Frontier tree, long before) {
        if (leaves.isEmpty())
            return Frames.header(tree.size(), tree.root(), before).array();
        int bytes = Frames.HEADER_BYTES + Frames.COMMIT_BYTES + Frames.MARK_BYTES;
        for (byte[] leaf : leaves) bytes += Frames.FRAME_HEAD_BYTES + 1 + leaf.length;
        ByteBuffer buffer = ByteBuffer.allocate(bytes).put(Frames.header(first, root, before));
        leaves.forEach(leaf -> Frames.entry(buffer, leaf));
        Frames.commit(buffer, first, tree.size(), tree.root());
        buffer.put(Frames.mark(tree.size()));
        return buffer.array();
    }
}
