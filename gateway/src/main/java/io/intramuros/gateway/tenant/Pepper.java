// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which keys are kept: HMAC-SHA-256(pepper, key). A key has 256 random bits, so nothing slower would make
 * it harder to guess.
 */
public final class Pepper {
    private final SecretKeySpec secret;

    /** Of at least 32 bytes, which are copied. */
    public Pepper(byte[] secret) {
        if (secret.length < 32)
            throw new IllegalArgumentException("pepper: " + secret.length + " bytes (expected: >= 32)");
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** What a store keeps of a key, in hexadecimal digits. */
    String digest(ApiKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(key.secret()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: not to be had (expected: in every JDK)", e);
        }
    }

    @Override
    public String toString() {
        return "Pepper";
    }
}
