// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment: a header, then frames {@code u32 length ‖ u32 CRC-32C ‖ payload}, all big-endian. A payload
 * begins with its kind: an entry, or a commit, which says how many records the log holds and the tree's root, and which
 * is written before each force. What stands after the last commit was never acknowledged.
 */
final class Frames {
    static final byte[] MAGIC = "IMAUDIT1".getBytes(StandardCharsets.US_ASCII);
    static final byte ENTRY = 'E';
    static final byte COMMIT = 'C';
    static final int HEADER_BYTES = MAGIC.length + Long.BYTES + Hashes.BYTES + Integer.BYTES;
    static final int FRAME_HEAD_BYTES = 2 * Integer.BYTES;
    static final int COMMIT_BYTES = FRAME_HEAD_BYTES + 1 + Long.BYTES + Hashes.BYTES;
    /** The largest record: what a tlog-tiles entry can be, and far less than a length field can say. */
    static final int MAX_ENTRY_BYTES = 4_096;

    private Frames() {}

    /** The header of a segment that begins at {@code first}, where the tree had {@code root}. */
    static ByteBuffer header(long first, byte[] root) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putLong(first).put(root);
        header.putInt(crc(header.array(), 0, HEADER_BYTES - Integer.BYTES));
        return header.flip();
    }

    static void entry(ByteBuffer to, byte[] leaf) {
        frame(to, ENTRY, ByteBuffer.wrap(leaf));
    }

    static void commit(ByteBuffer to, long size, byte[] root) {
        frame(
                to,
                COMMIT,
                ByteBuffer.allocate(Long.BYTES + Hashes.BYTES)
                        .putLong(size)
                        .put(root)
                        .flip());
    }

    private static void frame(ByteBuffer to, byte kind, ByteBuffer rest) {
        int length = 1 + rest.remaining();
        to.putInt(length);
        int crcAt = to.position();
        to.putInt(0).put(kind).put(rest);
        CRC32C crc = new CRC32C();
        crc.update(to.slice(crcAt + Integer.BYTES, length));
        to.putInt(crcAt, (int) crc.getValue());
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
