// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.encode.TextEncoder;
import java.util.List;

/**
 * The engine's sentence encoder as this node's embedder.
 *
 * @param encoder owned by this embedder
 */
record SentenceEmbedder(TextEncoder encoder) implements Embedder {
    @Override
    public float[] embed(String text) {
        return encoder.embed(List.of(text))[0];
    }

    @Override
    public int tokens(String text) {
        return encoder.tokens(text);
    }

    @Override
    public int mostTokens() {
        return encoder.mostTokens();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
