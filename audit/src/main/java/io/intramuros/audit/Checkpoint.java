// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Instant;
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

    /** The whole note, signed with everything that the key has. */
    String signed(LogKey key, Instant time) {
        return text() + "\n" + key.signatureLines(this, time);
    }

    /**
     * Reads a note and checks its signatures: all those of one of the key's generations must be there. Every byte counts:
     * what is not exactly a checkpoint is none.
     */
    public static Opened open(byte[] note, VerifierKey key) {
        SignedNote opened = SignedNote.parse(note);
        if (opened == null) return new Opened.Bad("no signed note");
        Checkpoint checkpoint = parse(opened.text());
        if (checkpoint == null) return new Opened.Bad("no checkpoint");
        if (!checkpoint.origin().equals(key.name())) return new Opened.UnknownKey();
        return key.check(opened, checkpoint);
    }

    static byte @Nullable [] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : null;
        } catch (IllegalArgumentException _) {
            return null; // no base64
        }
    }

    static @Nullable Checkpoint parse(String text) {
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
