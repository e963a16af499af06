// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the codes of one tenant's surrogates: base32 of HMAC-SHA-256(key, version ‖ type ‖ canonical value). The same
 * value has the same code in every request of the tenant, and without the key nobody can make or recognise one. Safe for
 * use by several threads at once.
 */
public final class Surrogates {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SURROGATE = "intramuros/surrogate/1";
    private static final String HASH = "intramuros/hash/1";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int HASH_LENGTH = 16;
    private static final int SHORTEST_KEY = 16;

    /** Holds the key and is cloned for each use, which is cheaper than making one. */
    private final Mac keyed;

    private Surrogates(Mac keyed) {
        this.keyed = keyed;
    }

    /**
     * The surrogates of the tenant that holds {@code key}.
     *
     * @param key at least 16 bytes, 32 are best; copied
     */
    public static Surrogates of(byte[] key) {
        if (key.length < SHORTEST_KEY)
            throw new IllegalArgumentException("surrogate key: " + key.length + " bytes (expected: at least 16)");
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new Surrogates(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256: missing (expected: in every Java runtime)", e);
        }
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
        return base32(hmac(message.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] hmac(byte[] message) {
        try {
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("HMAC-SHA-256: no copies (expected: of the JDK's own provider)", e);
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder code = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            held = ((held << 8) | (b & 0xff)) & 0xffff;
            for (bits += 8; bits >= 5; bits -= 5) code.append(ALPHABET.charAt((held >> (bits - 5)) & 31));
        }
        return code.toString();
    }

    @Override
    public String toString() {
        return "Surrogates[key hidden]";
    }
}
