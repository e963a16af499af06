// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds runs of base64 (RFC 4648, both alphabets) that decode to text. Pictures and keys decode to none. */
final class Base64Runs {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 1 << 16;

    private static final boolean[] IS_BASE64 = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
                .chars()
                .forEach(c -> IS_BASE64[c] = true);
    }

    private Base64Runs() {}

    /** Hands each run, decoded, to {@code found}. */
    static void find(String text, Consumer<Lifted> found) {
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && isBase64(text.charAt(end))) end++;
            if (end - start >= SHORTEST && end - start <= LONGEST) {
                int padded = end;
                while (padded < text.length() && padded - end < 2 && text.charAt(padded) == '=') padded++;
                decoded(text, start, end, padded).ifPresent(found);
            }
            start = end + 1;
        }
    }

    private static Optional<Lifted> decoded(String text, int start, int end, int padded) {
        String run = text.substring(start, end).replace('-', '+').replace('_', '/');
        if (run.length() % 4 == 1 || isWord(run)) return Optional.empty();
        return utf8(Base64.getDecoder().decode(run))
                .filter(Base64Runs::isReadable)
                .map(plain -> Lifted.whole(plain, start, padded));
    }

    /** All small letters or digits: a word, a number, a hex digest. */
    private static boolean isWord(String run) {
        return run.chars().noneMatch(c -> c >= 'A' && c <= 'Z') || run.chars().noneMatch(c -> c >= 'a' && c <= 'z');
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(String text) {
        return text.chars().noneMatch(c -> (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f);
    }

    private static boolean isBase64(char c) {
        return c < IS_BASE64.length && IS_BASE64[c];
    }
}
