// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** The header that a segment has. */
final class Header {
    private final byte[] bytes;
    private final ByteBuffer fields;

    private Header(byte[] bytes) {
        this.bytes = bytes;
        this.fields = ByteBuffer.wrap(bytes);
    }

    static Header of(byte[] bytes) {
        return new Header(bytes);
    }

    static Header of(Path segment) throws IOException {
        try (FrameSource frames = FrameSource.open(segment)) {
            return new Header(frames.header());
        }
    }

    private boolean isWhole() {
        return bytes.length == Frames.HEADER_BYTES
                && fields.getInt(bytes.length - Integer.BYTES) == Frames.crc(bytes, 0, bytes.length - Integer.BYTES);
    }

    /** The length of the segment before, where it was closed in order; 0 where nobody knows. */
    long before() {
        return isWhole() ? fields.getLong(Frames.MAGIC.length + Long.BYTES) : 0;
    }

    /** What is wrong with it as the header of a file, where the tree is as it is there; else an empty text. */
    String fault(Path file, Frontier tree) {
        if (bytes.length < Frames.HEADER_BYTES) return "a segment's header is not whole";
        if (!isWhole()) return "a segment's header is damaged";
        if (!Arrays.equals(bytes, 0, Frames.MAGIC.length, Frames.MAGIC, 0, Frames.MAGIC.length))
            return "a segment is of another version of this program";
        long first = fields.getLong(Frames.MAGIC.length);
        if (first != Segments.first(file)) return "a segment has another's name";
        if (first > tree.size()) return "records are missing";
        int rootAt = Frames.MAGIC.length + 2 * Long.BYTES;
        return first < tree.size() || !Arrays.equals(bytes, rootAt, rootAt + Hashes.BYTES, tree.root(), 0, Hashes.BYTES)
                ? "a segment's header is of another log"
                : "";
    }
}
