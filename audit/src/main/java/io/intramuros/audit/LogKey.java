// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A log's signing keys, made from a seed of 32 bytes, under the log's name. It prints nothing of itself. */
public final class LogKey {
    private static final int SEED_BYTES = 32;
    private static final int ML_DSA_BYTES = 1_312;

    private final String name;
    private final Part first;
    private final @Nullable Part second;

    /** One key pair. */
    private record Part(NoteKey verifier, KeyPair pair) {
        byte[] sign(byte[] message) {
            try {
                Signature signer = Signature.getInstance(verifier.kind().algorithm());
                signer.initSign(pair.getPrivate());
                signer.update(message);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(verifier.kind() + ": cannot sign (expected: always)", e);
            }
        }

        @Override
        public String toString() {
            return "Part[" + verifier.name() + "]";
        }
    }

    private LogKey(String name, Part first, @Nullable Part second) {
        this.name = name;
        this.first = first;
        this.second = second;
    }

    /**
     * Two keys of a seed, each of which signs: Ed25519 (RFC 8032), whose seed it is, and ML-DSA-44 (FIPS 204), whose seed
     * is HMAC-SHA-256(seed, "intramuros ml-dsa-44").
     *
     * @param name the log's origin, without spaces and plus signs
     * @param seed 32 bytes
     */
    public static LogKey of(String name, byte[] seed) {
        LogKey one = ed25519(name, seed);
        KeyPair pair = pair("ML-DSA-44", derived(seed));
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - ML_DSA_BYTES, encoded.length);
        return new LogKey(name, one.first, new Part(new NoteKey(name, NoteKey.Kind.ML_DSA_44, raw), pair));
    }

    /** The Ed25519 key of a seed alone, for logs that others' tools are to read that know nothing else. */
    public static LogKey ed25519(String name, byte[] seed) {
        return ed25519(name, NoteKey.Kind.ED25519, seed);
    }

    /** An ML-DSA-44 key with which a witness signs others' checkpoints. */
    public static LogKey witness(String name, byte[] seed) {
        Part both = of(name, seed).second;
        if (both == null) throw new IllegalStateException("ML-DSA-44: no key (expected: of each seed)");
        return new LogKey(name, both, null);
    }

    private static LogKey ed25519(String name, NoteKey.Kind kind, byte[] seed) {
        if (name.isEmpty() || name.matches(".*[\\s+].*"))
            throw new IllegalArgumentException("origin: not usable (expected: no space and no plus sign)");
        if (seed.length != SEED_BYTES)
            throw new IllegalArgumentException("seed: " + seed.length + " bytes (expected: 32)");
        KeyPair pair = pair("Ed25519", seed);
        return new LogKey(name, new Part(new NoteKey(name, kind, raw((EdECPublicKey) pair.getPublic())), pair), null);
    }

    private static KeyPair pair(String algorithm, byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(new NamedParameterSpec(algorithm), new Fixed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": not to be had (expected: in every JDK of 24 or later)", e);
        }
    }

    private static byte[] derived(byte[] seed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(seed, "HmacSHA256"));
            return mac.doFinal("intramuros ml-dsa-44".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: not to be had (expected: in every JDK)", e);
        }
    }

    /** The log's origin. */
    public String name() {
        return name;
    }

    /** What a stranger needs to check this key's signatures. */
    public VerifierKey verifier() {
        return VerifierKey.of(first.verifier(), second == null ? null : second.verifier());
    }

    /** The signature lines of a checkpoint. */
    String signatureLines(Checkpoint checkpoint, Instant time) {
        String line = line(first, checkpoint, time);
        return second == null ? line : line + line(second, checkpoint, time);
    }

    private static String line(Part part, Checkpoint checkpoint, Instant time) {
        NoteKey key = part.verifier();
        String text = checkpoint.text();
        if (key.kind() == NoteKey.Kind.ED25519) return line(key, part.sign(text.getBytes(StandardCharsets.UTF_8)));
        long seconds = Math.max(0, time.getEpochSecond());
        byte[] signature = part.sign(Cosigned.message(key.kind(), key.name(), seconds, text, checkpoint));
        return line(
                key,
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(seconds)
                        .put(signature)
                        .array());
    }

    private static String line(NoteKey key, byte[] signature) {
        return new SignedNote.Line(key.name(), key.id(), new SignedNote.Signature(signature)).written();
    }

    /** A signature line of a text that is no checkpoint. */
    String signatureLine(String text) {
        return line(first.verifier(), first.sign(text.getBytes(StandardCharsets.UTF_8)));
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
