// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import java.util.Arrays;

/** Base32 (RFC 4648 §6) in lower case and without padding: it survives JSON, shells and most models. */
final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String of(byte[] bytes) {
        StringBuilder code = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            held = ((held << 8) | (b & 0xff)) & 0xffff;
            for (bits += 8; bits >= 5; bits -= 5) code.append(ALPHABET.charAt((held >> (bits - 5)) & 31));
        }
        if (bits > 0) code.append(ALPHABET.charAt((held << (5 - bits)) & 31));
        return code.toString();
    }

    /** The bytes of a code whose characters are all of the alphabet. */
    static byte[] bytes(String code) {
        byte[] bytes = new byte[code.length() * 5 / 8];
        int size = 0;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < code.length(); i++) {
            held = ((held << 5) | ALPHABET.indexOf(code.charAt(i))) & 0xffff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[size++] = (byte) (held >> bits);
        }
        return Arrays.copyOf(bytes, size);
    }
}
