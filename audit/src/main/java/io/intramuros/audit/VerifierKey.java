// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key in the form of signed notes, {@code name+id+base64(type ‖ key)} (c2sp.org/signed-note).
 */
public final class VerifierKey {
    private static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;

    private final String name;
    private final int id;
    private final byte[] raw;
    private final PublicKey key;

    private VerifierKey(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
        this.id = id(name, raw);
        this.key = key(raw);
    }

    static VerifierKey of(String name, byte[] raw) {
        return new VerifierKey(name, raw);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none, or its id is not that of its key
     */
    public static VerifierKey parse(String written) {
        String[] parts = written.strip().split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("vkey: no two plus signs (expected: name+id+key)");
        byte[] typed = decoded(parts[2]);
        if (typed.length != KEY_BYTES + 1 || typed[0] != ED25519)
            throw new IllegalArgumentException("vkey: not of type 1 (expected: an Ed25519 key)");
        byte[] raw = new byte[KEY_BYTES];
        System.arraycopy(typed, 1, raw, 0, KEY_BYTES);
        VerifierKey key = new VerifierKey(parts[0], raw);
        if (!parts[1].equals(HexFormat.of().toHexDigits(key.id)))
            throw new IllegalArgumentException("vkey: the id does not belong to the key (expected: a whole copy)");
        return key;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("vkey: no base64 (expected: name+id+key)", e);
        }
    }

    /** The log's origin. */
    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key). */
    public int id() {
        return id;
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // a signature of no form is no signature
        }
    }

    private static int id(String name, byte[] raw) {
        MessageDigest digest = Hashes.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        return ByteBuffer.wrap(digest.digest(raw)).getInt();
    }

    private static PublicKey key(byte[] raw) {
        byte[] big = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) big[i] = raw[KEY_BYTES - 1 - i];
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
        byte[] typed = new byte[KEY_BYTES + 1];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, KEY_BYTES);
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
