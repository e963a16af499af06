// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable stand-in that GPT-2's byte-level BPE gives each byte: itself where it is printable Latin-1, else a
 * character from U+0100 on, in order.
 */
final class ByteAlphabet {
    private static final int UNKNOWN = -1;
    private static final int SIZE = 256;
    private static final char[] CHARACTERS = characters();
    private static final int[] BYTES = bytes();

    private ByteAlphabet() {}

    /** The bytes of a token's text; a token outside the alphabet (user defined) stands for its own UTF-8. */
    static byte[] decode(String token) {
        byte[] out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            char c = token.charAt(i);
            int value = c < BYTES.length ? BYTES[c] : UNKNOWN;
            if (value == UNKNOWN) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            out[i] = (byte) value;
        }
        return out;
    }

    /** The stand-in of one byte, given as 0 to 255. */
    static char character(int value) {
        return CHARACTERS[value];
    }

    private static char[] characters() {
        char[] table = new char[SIZE];
        int extra = 0;
        for (int b = 0; b < SIZE; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            table[b] = (char) (printable ? b : SIZE + extra++);
        }
        return table;
    }

    private static int[] bytes() {
        int[] table = new int[2 * SIZE];
        Arrays.fill(table, UNKNOWN);
        for (int b = 0; b < SIZE; b++) {
            table[CHARACTERS[b]] = b;
        }
        return table;
    }
}
