// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The bytes of every token: one array for all, so that a big vocabulary costs two objects. Thread-safe. */
final class TokenBytes {
    private static final byte[] NOTHING = {};

    private final byte[] all;
    private final int[] ends;
    private final int longest;

    TokenBytes(Vocabulary vocabulary) {
        var out = new ByteArrayOutputStream();
        ends = new int[vocabulary.tokens().size()];
        for (int id = 0; id < ends.length; id++) {
            out.writeBytes(bytes(vocabulary, id));
            ends[id] = out.size();
        }
        all = out.toByteArray();
        longest = IntStream.range(0, ends.length)
                .map(id -> ends[id] - (id == 0 ? 0 : ends[id - 1]))
                .max()
                .orElse(0);
    }

    /** A control token has no text: what a model says with it is not part of the answer. */
    private static byte[] bytes(Vocabulary vocabulary, int id) {
        if (vocabulary.isControl(id)) {
            return NOTHING;
        }
        return vocabulary.model().equals(Vocabulary.SENTENCE_PIECE)
                ? SentencePieces.bytes(vocabulary, id)
                : ByteAlphabet.decode(vocabulary.tokens().get(id));
    }

    /** The most bytes that one token stands for. */
    int longest() {
        return longest;
    }

    /** The bytes of one token; empty for a control token. */
    byte[] of(int id) {
        return Arrays.copyOfRange(all, id == 0 ? 0 : ends[id - 1], ends[id]);
    }
}
