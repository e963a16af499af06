// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Byte-level BPE, by Hugging Face's tokenizers. Holds native memory. */
final class BytePairEncoder implements Encoder {
    private static final Map<String, String> OPTIONS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    private final HuggingFaceTokenizer encoder;

    BytePairEncoder(Vocabulary vocabulary) {
        encoder = OfflineTokenizers.open(TokenizerJson.of(vocabulary).getBytes(StandardCharsets.UTF_8), OPTIONS);
    }

    @Override
    public int[] encode(String text, boolean starts) {
        long[] ids = encoder.encode(text, false, false).getIds();
        int[] out = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            out[i] = Math.toIntExact(ids[i]);
        }
        return out;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
