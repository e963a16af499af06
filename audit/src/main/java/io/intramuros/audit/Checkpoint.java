// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A signed tree head (c2sp.org/tlog-checkpoint): how many records there are, and the hash of them all.
 *
 * @param origin the log's name
 * @param size records
 * @param rootHex the tree's root, in hexadecimal digits
 */
public record Checkpoint(String origin, long size, String rootHex) {
    static Checkpoint of(String origin, long size, byte[] root) {
        return new Checkpoint(origin, size, HexFormat.of().formatHex(root));
    }

    /** What came of reading a signed note. */
    public sealed interface Opened {
        /** A checkpoint that the key signed. */
        record Good(Checkpoint checkpoint) implements Opened {}

        /** It has no signature of this key. */
        record UnknownKey() implements Opened {}

        /** It is no checkpoint, or the signature is wrong. */
        record Bad(String why) implements Opened {}
    }

    byte[] root() {
        return HexFormat.of().parseHex(rootHex);
    }

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root()) + "\n";
    }

    /** The whole note. */
    String signed(LogKey key) {
        return text() + "\n" + key.signatureLine(text());
    }

    /** Reads a note and checks its signature. Every byte counts: what is not exactly a checkpoint is none. */
    public static Opened open(byte[] note, VerifierKey key) {
        String whole = new String(note, StandardCharsets.UTF_8);
        int end = whole.indexOf("\n\n");
        if (end < 0 || !Arrays.equals(whole.getBytes(StandardCharsets.UTF_8), note))
            return new Opened.Bad("no signed note");
        String text = whole.substring(0, end + 1);
        Checkpoint checkpoint = parse(text);
        if (checkpoint == null) return new Opened.Bad("no checkpoint");
        if (!checkpoint.origin().equals(key.name())) return new Opened.UnknownKey();
        return signature(whole.substring(end + 2), text, checkpoint, key);
    }

    private static Opened signature(String lines, String text, Checkpoint checkpoint, VerifierKey key) {
        if (!lines.endsWith("\n")) return new Opened.Bad("a signature line that does not end");
        boolean ours = false;
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            String[] parts = line.split(" ", 3);
            if (parts.length != 3 || !parts[0].equals("\u2014")) return new Opened.Bad("a line that is no signature");
            byte[] bytes = decoded(parts[2]);
            if (bytes == null || bytes.length < 5) return new Opened.Bad("a signature that is no base64");
            int id = ByteBuffer.wrap(bytes).getInt();
            if (!parts[1].equals(key.name()) || id != key.id()) continue;
            if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, 4, bytes.length)))
                return new Opened.Bad("a signature that is wrong");
            ours = true;
        }
        return ours ? new Opened.Good(checkpoint) : new Opened.UnknownKey();
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : null;
        } catch (IllegalArgumentException _) {
            return null; // no base64
        }
    }

    private static @Nullable Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9]\\d{0,18}")) return null;
        byte[] root = decoded(lines[2]);
        if (root == null || root.length != Hashes.BYTES) return null;
        try {
            return of(lines[0], Long.parseLong(lines[1]), root);
        } catch (NumberFormatException _) {
            return null; // more records than there can be
        }
    }
}
