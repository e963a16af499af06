// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** The checksums of addresses on block chains; unlike other checks these need the exact spelling. */
final class Wallets {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32_CONSTANT = 1;
    private static final int BECH32M_CONSTANT = 0x2bc830a3;
    private static final int ADDRESS_BYTES = 25;

    private Wallets() {}

    /** Base58Check: 21 bytes and the first four of their double SHA-256. */
    static boolean base58Check(String address) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < address.length(); i++) {
            int digit = BASE58.indexOf(address.charAt(i));
            if (digit < 0) return false;
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] significant = number.toByteArray();
        int extra = significant.length - ADDRESS_BYTES;
        if (extra > 1) return false;
        byte[] bytes = new byte[ADDRESS_BYTES];
        for (int i = 0; i < significant.length && i < ADDRESS_BYTES; i++)
            bytes[ADDRESS_BYTES - 1 - i] = significant[significant.length - 1 - i];
        byte[] hash = sha256(sha256(Arrays.copyOf(bytes, 21)));
        return Arrays.equals(hash, 0, 4, bytes, 21, ADDRESS_BYTES);
    }

    /** Bech32 and Bech32m (BIP 173, BIP 350). */
    static boolean bech32(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int separator = lower.lastIndexOf('1');
        int sum = 1;
        for (int i = 0; i < separator; i++) sum = polymod(sum, lower.charAt(i) >> 5);
        sum = polymod(sum, 0);
        for (int i = 0; i < separator; i++) sum = polymod(sum, lower.charAt(i) & 31);
        for (int i = separator + 1; i < lower.length(); i++) {
            int value = BECH32.indexOf(lower.charAt(i));
            if (value < 0) return false;
            sum = polymod(sum, value);
        }
        return sum == BECH32_CONSTANT || sum == BECH32M_CONSTANT;
    }

    private static int polymod(int sum, int value) {
        int top = sum >>> 25;
        int next = ((sum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) if (((top >> i) & 1) == 1) next ^= GENERATOR[i];
        return next;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every Java runtime)", e);
        }
    }
}
