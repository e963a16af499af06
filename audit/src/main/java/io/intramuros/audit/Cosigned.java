// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes that a cosignature signs (c2sp.org/tlog-cosignature). */
final class Cosigned {
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_NAME_BYTES = 255;

    private Cosigned() {}

    static byte[] message(NoteKey.Kind kind, String cosigner, long time, String text, Checkpoint checkpoint) {
        return kind == NoteKey.Kind.ML_DSA_44
                ? subtree(cosigner, time, checkpoint)
                : ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] subtree(String cosigner, long time, Checkpoint checkpoint) {
        byte[] by = named(cosigner);
        byte[] origin = named(checkpoint.origin());
        return ByteBuffer.allocate(LABEL.length + by.length + origin.length + 3 * Long.BYTES + Hashes.BYTES)
                .put(LABEL)
                .put(by)
                .putLong(time)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root())
                .array();
    }

    private static byte[] named(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MOST_NAME_BYTES)
            throw new IllegalArgumentException("name: " + bytes.length + " bytes (expected: 1 to 255)");
        return ByteBuffer.allocate(1 + bytes.length)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }
}
