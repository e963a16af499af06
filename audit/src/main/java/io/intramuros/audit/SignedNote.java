// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with signature lines (c2sp.org/signed-note). Not one byte of it is left over.
 *
 * @param text with its last newline
 */
record SignedNote(String text, List<Line> lines) {
    private static final int LEAST = 5;

    SignedNote {
        lines = List.copyOf(lines);
    }

    /**
     * An em dash, a name, and key id and signature in base64.
     *
     * @param signature in hexadecimal digits
     */
    record Line(String name, int id, Signature signature) {
        String written() {
            byte[] bytes = signature.bytes();
            ByteBuffer both =
                    ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(id).put(bytes);
            return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(both.array()) + "\n";
        }
    }

    /** The bytes of a signature. */
    static final class Signature {
        private final byte[] bytes;

        Signature(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** Reads one; null where it is none. */
    static @Nullable SignedNote parse(byte[] note) {
        String whole = new String(note, StandardCharsets.UTF_8);
        int end = whole.lastIndexOf("\n\n");
        if (end < 0 || !whole.endsWith("\n") || !Arrays.equals(whole.getBytes(StandardCharsets.UTF_8), note))
            return null;
        List<Line> lines = lines(whole.substring(end + 2));
        return lines.isEmpty() ? null : new SignedNote(whole.substring(0, end + 1), lines);
    }

    /** Signature lines, each with its newline; none where one of them is not as it should be. */
    static List<Line> lines(String written) {
        if (!written.endsWith("\n")) return List.of();
        List<Line> lines = new ArrayList<>();
        for (String line : written.substring(0, written.length() - 1).split("\n", -1)) {
            String[] parts = line.split(" ", 3);
            if (parts.length != 3 || !parts[0].equals("\u2014") || parts[1].isEmpty()) return List.of();
            byte[] bytes = Checkpoint.decoded(parts[2]);
            if (bytes == null || bytes.length < LEAST) return List.of();
            byte[] signature = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
            lines.add(new Line(parts[1], ByteBuffer.wrap(bytes).getInt(), new Signature(signature)));
        }
        return lines;
    }
}
