// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/** A log's signing key, made from a seed of 32 bytes, under the log's name. It prints nothing of itself. */
public final class LogKey {
    private static final int SEED_BYTES = 32;

    private final String name;
    private final PrivateKey secret;
    private final VerifierKey verifier;

    private LogKey(String name, PrivateKey secret, VerifierKey verifier) {
        this.name = name;
        this.secret = secret;
        this.verifier = verifier;
    }

    /**
     * The Ed25519 key of a seed (RFC 8032, 5.1.5).
     *
     * @param name the log's origin, without spaces and plus signs
     * @param seed 32 bytes
     */
    public static LogKey of(String name, byte[] seed) {
        if (name.isEmpty() || name.matches(".*[\\s+].*"))
            throw new IllegalArgumentException("origin: \"" + name + "\" (expected: no space and no plus sign)");
        if (seed.length != SEED_BYTES)
            throw new IllegalArgumentException("seed: " + seed.length + " bytes (expected: 32)");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            KeyPair pair = generator.generateKeyPair();
            return new LogKey(name, pair.getPrivate(), VerifierKey.of(name, raw((EdECPublicKey) pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519: not to be had (expected: in every JDK)", e);
        }
    }

    /** The log's origin. */
    public String name() {
        return name;
    }

    /** What a stranger needs to check this key's signatures. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** A signature line of a signed note: an em dash, the name, and key id and signature in base64. */
    String signatureLine(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            byte[] signature = signer.sign();
            ByteBuffer both = ByteBuffer.allocate(4 + signature.length)
                    .putInt(verifier.id())
                    .put(signature);
            return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(both.array()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519: cannot sign (expected: always)", e);
        }
    }

    /** The 32 bytes of RFC 8032: y in little-endian order, with the parity of x in the highest bit. */
    private static byte[] raw(EdECPublicKey key) {
        byte[] big = key.getPoint().getY().toByteArray();
        byte[] raw = new byte[SEED_BYTES];
        for (int i = 0; i < big.length && i < raw.length; i++) raw[i] = big[big.length - 1 - i];
        if (key.getPoint().isXOdd()) raw[SEED_BYTES - 1] |= (byte) 0x80;
        return raw;
    }

    @Override
    public String toString() {
        return "LogKey[" + name + "]";
    }

    /** Hands the seed to the generator, which has no other door for it. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
