// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

/**
 * An embedding model that is loaded.
 *
 * @param id the name it is served by
 * @param embedder its network and tokenizer
 * @param turns who is next
 * @param metrics what it has done
 */
record EmbeddingModel(String id, Embedder embedder, Turns turns, ModelMetrics metrics) implements AutoCloseable {
    @Override
    public void close() {
        embedder.close();
    }
}
