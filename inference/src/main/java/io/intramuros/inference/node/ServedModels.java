// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that this node serves. {@code default} is another name for the first chat model. Owns the models.
 *
 * @param chats the language models, the default first; at least one
 * @param embeddings the embedding models
 * @param afterwards releases what they share, once they are closed
 */
record ServedModels(List<ChatModel> chats, List<EmbeddingModel> embeddings, Runnable afterwards)
        implements AutoCloseable {
    static final String DEFAULT = "default";

    ServedModels {
        chats = List.copyOf(chats);
        embeddings = List.copyOf(embeddings);
        if (chats.isEmpty()) {
            throw new IllegalArgumentException("chat models: none (expected: at least one)");
        }
    }

    Optional<ChatModel> chat(String name) {
        return name.equals(DEFAULT)
                ? Optional.of(chats.getFirst())
                : chats.stream().filter(model -> model.id().equals(name)).findFirst();
    }

    Optional<EmbeddingModel> embedding(String name) {
        return embeddings.stream().filter(model -> model.id().equals(name)).findFirst();
    }

    List<String> ids() {
        return Stream.concat(
                        chats.stream().map(ChatModel::id), embeddings.stream().map(EmbeddingModel::id))
                .toList();
    }

    List<ModelMetrics> metrics() {
        return Stream.concat(
                        chats.stream().map(ChatModel::metrics),
                        embeddings.stream().map(EmbeddingModel::metrics))
                .toList();
    }

    Turns turns(String id) {
        return chat(id).map(ChatModel::turns)
                .orElseGet(() -> embedding(id)
                        .map(EmbeddingModel::turns)
                        .orElseThrow(() ->
                                new IllegalArgumentException("model: " + id + " (expected: one of " + ids() + ")")));
    }

    @Override
    public void close() {
        chats.forEach(ChatModel::close);
        embeddings.forEach(EmbeddingModel::close);
        afterwards.run();
    }
}
