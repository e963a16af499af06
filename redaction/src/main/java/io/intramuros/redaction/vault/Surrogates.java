// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant's keys make of values. Surrogates: base32 of HMAC-SHA-256(key, version ‖ type ‖ canonical value). The
 * same value has the same code in every request of the tenant, and without the key nobody can make or recognise one.
 * Keys have versions: the newest makes, those before it still open what they encrypted. Safe for use by several threads
 * at once.
 */
public final class Surrogates {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SURROGATE = "intramuros/surrogate/1";
    private static final String SYNTHESIS = "intramuros/synthesis/1";
    private static final String FINGERPRINT = "intramuros/fingerprint/1";
    private static final String HASH = "intramuros/hash/1";
    private static final int HASH_LENGTH = 16;
    private static final int SHORTEST_KEY = 16;

    /** Holds the key and is cloned for each use, which is cheaper than making one. */
    private final Mac keyed;

    private final @Nullable Surrogates previous;
    private final Encryption encryption;

    private Surrogates(Mac keyed, @Nullable Surrogates previous, Encryption encryption) {
        this.keyed = keyed;
        this.previous = previous;
        this.encryption = encryption;
    }

    /**
     * The surrogates of the tenant that holds {@code key}.
     *
     * @param key at least 16 bytes, 32 are best; copied
     */
    public static Surrogates of(byte[] key) {
        return of(List.of(key));
    }

    /**
     * The surrogates of a tenant whose key was changed.
     *
     * @param keys of version 1, 2 and so on; the last one mints; each at least 16 bytes, 32 are best; copied
     */
    public static Surrogates of(List<byte[]> keys) {
        if (keys.isEmpty()) throw new IllegalArgumentException("surrogate keys: none (expected: at least one)");
        List<SecretKey> all = keys.stream().map(Surrogates::checked).toList();
        Encryption encryption = Encryption.of(
                all.stream().map(key -> Encryption.derived(key, ALGORITHM)).toList());
        Surrogates previous = all.size() == 1 ? null : new Surrogates(keyed(all.get(all.size() - 2)), null, encryption);
        return new Surrogates(keyed(all.getLast()), previous, encryption);
    }

    private static SecretKey checked(byte[] key) {
        if (key.length < SHORTEST_KEY)
            throw new IllegalArgumentException("surrogate key: " + key.length + " bytes (expected: at least 16)");
        return new SecretKeySpec(key, ALGORITHM);
    }

    /** Surrogates of a fresh random key, for scope {@code request}: no two exchanges share one. */
    public static Surrogates fresh() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return of(key);
    }

    /** All 51 characters of the code; a surrogate shows as many of them as it needs. */
    String code(EntityType type, String value) {
        return code(SURROGATE, type, value);
    }

    /** Those of the key before this one, if there was one. */
    Optional<Surrogates> previous() {
        return Optional.ofNullable(previous);
    }

    /** Seeds for what is made up in the place of a value, the same for the same value. */
    public LongUnaryOperator seeds(EntityType type, String value) {
        String message = SYNTHESIS + '\0' + type + '\0' + Canonical.of(type, value);
        long start =
                ByteBuffer.wrap(hmac(message.getBytes(StandardCharsets.UTF_8))).getLong();
        // A walk by the golden ratio: seeds that follow each other have nothing in common once mixed.
        return attempt -> start + attempt * 0x9e3779b97f4a7c15L;
    }

    /** What action {@code encrypt} writes and the admin plane can open. */
    public Encryption encryption() {
        return encryption;
    }

    /**
     * A keyed hash of any text for one purpose, 32 bytes: two tenants, or two purposes, have nothing in common.
     *
     * @param purpose a name of ours
     */
    public byte[] fingerprint(String purpose, String text) {
        return hmac((FINGERPRINT + '\0' + purpose + '\0' + text).getBytes(StandardCharsets.UTF_8));
    }

    /** What action {@code hash} writes: {@code [TYPE#code]}, the code unlike the surrogate's and never restored. */
    public String hash(EntityType type, String value) {
        return "[" + type + "#" + code(HASH, type, value).substring(0, HASH_LENGTH) + "]";
    }

    /**
     * The surrogate of a value, for text that nothing will restore; {@link Vault#surrogateFor} is the one that can.
     */
    public String unrestorable(EntityType type, String value) {
        return "[" + type + "_" + code(type, value).substring(0, Vault.CODE_LENGTH) + "]";
    }

    private String code(String purpose, EntityType type, String value) {
        String message = purpose + '\0' + type + '\0' + Canonical.of(type, value);
        return Base32.of(hmac(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static Mac keyed(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256: missing (expected: in every Java runtime)", e);
        }
    }

    private byte[] hmac(byte[] message) {
        try {
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("HMAC-SHA-256: no copies (expected: of the JDK's own provider)", e);
        }
    }

    @Override
    public String toString() {
        return "Surrogates[key hidden]";
    }
}
