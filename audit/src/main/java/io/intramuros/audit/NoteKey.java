// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** One public key of signed notes, {@code name+id+base64(type ‖ key)} (c2sp.org/signed-note, c2sp.org/tlog-cosignature). */
final class NoteKey {
    /** X.509's frame of an ML-DSA-44 key (RFC 9881), before its 1,312 bytes. */
    private static final byte[] ML_DSA_FRAME = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private final String name;
    private final Kind kind;
    private final byte[] raw;
    private final PublicKey key;
    private final int id;

    /** What a key signs, and how. */
    enum Kind {
        /** The text itself, by a log. */
        ED25519(1, 32, "Ed25519"),
        /** A text with a time before it, by a witness. */
        ED25519_COSIGNATURE(4, 32, "Ed25519"),
        /** A time, the log's name, size and root. */
        ML_DSA_44(6, 1_312, "ML-DSA-44");

        private final byte type;
        private final int bytes;
        private final String algorithm;

        Kind(int type, int bytes, String algorithm) {
            this.type = (byte) type;
            this.bytes = bytes;
            this.algorithm = algorithm;
        }

        String algorithm() {
            return algorithm;
        }
    }

    NoteKey(String name, Kind kind, byte[] raw) {
        this.name = name;
        this.kind = kind;
        this.raw = raw.clone();
        this.key = kind == Kind.ML_DSA_44 ? mlDsa(raw) : ed25519(raw);
        this.id = id(name, kind, raw);
    }

    static NoteKey parse(String written) {
        String[] parts = written.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("vkey: no two plus signs (expected: name+id+key)");
        byte[] typed = Checkpoint.decoded(parts[2]);
        if (typed == null || typed.length == 0)
            throw new IllegalArgumentException("vkey: no base64 (expected: name+id+key)");
        for (Kind kind : Kind.values()) {
            if (typed[0] != kind.type || typed.length != kind.bytes + 1) continue;
            NoteKey key = new NoteKey(parts[0], kind, Arrays.copyOfRange(typed, 1, typed.length));
            if (!parts[1].equals(HexFormat.of().toHexDigits(key.id)))
                throw new IllegalArgumentException("vkey: the id does not belong to the key (expected: a whole copy)");
            return key;
        }
        throw new IllegalArgumentException("vkey: of no known type (expected: Ed25519 or ML-DSA-44)");
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key). */
    int id() {
        return id;
    }

    boolean isOf(SignedNote.Line line) {
        return line.name().equals(name) && line.id() == id;
    }

    /** Whether a line of this key is its signature of a checkpoint. */
    boolean verifies(SignedNote.Line line, String text, Checkpoint checkpoint) {
        byte[] signature = line.signature().bytes();
        if (kind == Kind.ED25519) return verifies(text.getBytes(StandardCharsets.UTF_8), signature);
        if (signature.length <= Long.BYTES) return false;
        long time = ByteBuffer.wrap(signature).getLong();
        byte[] rest = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
        return time >= 0 && verifies(Cosigned.message(kind, name, time, text, checkpoint), rest);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(kind.algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // a signature of no form is no signature
        }
    }

    private static int id(String name, Kind kind, byte[] raw) {
        ByteBuffer named = ByteBuffer.allocate(name.getBytes(StandardCharsets.UTF_8).length + 2 + raw.length);
        named.put(name.getBytes(StandardCharsets.UTF_8))
                .put((byte) '\n')
                .put(kind.type)
                .put(raw);
        return ByteBuffer.wrap(Hashes.sha256().digest(named.array())).getInt();
    }

    private static PublicKey mlDsa(byte[] raw) {
        byte[] framed = Arrays.copyOf(ML_DSA_FRAME, ML_DSA_FRAME.length + raw.length);
        System.arraycopy(raw, 0, framed, ML_DSA_FRAME.length, raw.length);
        try {
            return KeyFactory.getInstance("ML-DSA-44").generatePublic(new X509EncodedKeySpec(framed));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("vkey: no key (expected: an ML-DSA-44 key)", e);
        }
    }

    private static PublicKey ed25519(byte[] raw) {
        byte[] big = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) big[i] = raw[raw.length - 1 - i];
        boolean odd = (big[0] & 0x80) != 0;
        big[0] &= 0x7f;
        try {
            EdECPoint point = new EdECPoint(odd, new BigInteger(1, big));
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("vkey: no point (expected: an Ed25519 key)", e);
        }
    }

    @Override
    public String toString() {
        byte[] typed = new byte[raw.length + 1];
        typed[0] = kind.type;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
