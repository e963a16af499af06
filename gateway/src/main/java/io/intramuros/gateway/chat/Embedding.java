// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.List;
import java.util.Optional;

/**
 * Texts to turn into vectors.
 *
 * @param dimensions the length of the vectors; empty for the model's own
 */
public record Embedding(List<String> inputs, Optional<Given> dimensions) implements Ask {
    public Embedding {
        inputs = List.copyOf(inputs);
    }

    @Override
    public String toString() {
        return "Embedding[" + inputs.size() + " inputs]";
    }
}
