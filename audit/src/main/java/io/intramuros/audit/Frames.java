// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment: a header, then frames {@code u32 length ‖ u32 CRC-32C ‖ payload}, all big-endian. A payload
 * begins with its kind: an entry; a commit, which says from which record to which its batch goes and the tree's root, and
 * which is written before each force; or a mark, which is written after a force has succeeded and says up to where. What
 * stands after the last commit was never acknowledged, unless a later commit or a mark shows that it was.
 */
final class Frames {
    static final byte[] MAGIC = "IMAUDIT2".getBytes(StandardCharsets.US_ASCII);
    static final byte ENTRY = 'E';
    static final byte COMMIT = 'C';
    static final byte MARK = 'D';
    static final int HEADER_BYTES = MAGIC.length + 2 * Long.BYTES + Hashes.BYTES + Integer.BYTES;
    static final int FRAME_HEAD_BYTES = 2 * Integer.BYTES;
    static final int COMMIT_PAYLOAD = 1 + 2 * Long.BYTES + Hashes.BYTES;
    static final int MARK_PAYLOAD = 1 + Long.BYTES;
    static final int COMMIT_BYTES = FRAME_HEAD_BYTES + COMMIT_PAYLOAD;
    static final int MARK_BYTES = FRAME_HEAD_BYTES + MARK_PAYLOAD;
    /** The largest record: what a tlog-tiles entry can be, and far less than a length field can say. */
    static final int MAX_ENTRY_BYTES = 4_096;

    private Frames() {}

    /**
     * The header of a segment.
     *
     * @param first its first record
     * @param root what the tree had before it
     * @param before the length of the segment before, where that was closed in order; else 0
     */
    static ByteBuffer header(long first, byte[] root, long before) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putLong(first)
                .putLong(before)
                .put(root);
        header.putInt(crc(header.array(), 0, HEADER_BYTES - Integer.BYTES));
        return header.flip();
    }

    static void entry(ByteBuffer to, byte[] leaf) {
        frame(to, ENTRY, ByteBuffer.wrap(leaf));
    }

    /** The records from {@code first} up to {@code size}, without it, are whole. */
    static void commit(ByteBuffer to, long first, long size, byte[] root) {
        ByteBuffer rest = ByteBuffer.allocate(2 * Long.BYTES + Hashes.BYTES);
        frame(to, COMMIT, rest.putLong(first).putLong(size).put(root).flip());
    }

    /** The records up to {@code size}, without it, were forced with success. */
    static ByteBuffer mark(long size) {
        ByteBuffer mark = ByteBuffer.allocate(MARK_BYTES);
        frame(mark, MARK, ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
        return mark.flip();
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

    /** Whether a payload of this length may be of this kind. */
    static boolean isOf(byte kind, int length) {
        return switch (kind) {
            case ENTRY -> length >= 1 && length <= MAX_ENTRY_BYTES + 1;
            case COMMIT -> length == COMMIT_PAYLOAD;
            case MARK -> length == MARK_PAYLOAD;
            default -> false;
        };
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
