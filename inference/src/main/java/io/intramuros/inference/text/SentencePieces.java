// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of SentencePiece's tokens. */
final class SentencePieces {
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    private SentencePieces() {}

    /** The byte that a byte token such as {@code <0x0A>} stands for, 0 to 255. */
    static int value(String token) {
        Matcher matcher = BYTE.matcher(token);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "tokenizer.ggml.tokens: a byte token of another form (expected: <0xNN>)");
        }
        return Integer.parseInt(matcher.group(1), 16);
    }

    /** The bytes of a token. */
    static byte[] bytes(Vocabulary vocabulary, int id) {
        String text = vocabulary.tokens().get(id);
        return vocabulary.isByte(id)
                ? new byte[] {(byte) value(text)}
                : text.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    }
}
