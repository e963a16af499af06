// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is no text of the answers of a node of the OpenAI API. */
final class OpenAiVectors {
    private OpenAiVectors() {}

    /** Embeddings, as numbers; empty where the answer is none. */
    static Optional<Answer.Vectors> embeddings(ObjectNode answer) {
        JsonNode data = answer.path("data");
        if (!data.isArray()) return Optional.empty();
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode entry : data) {
            if (!entry.path("embedding").isArray()) return Optional.empty();
            vectors.add(vector(entry.path("embedding")));
        }
        return Optional.of(new Answer.Vectors(vectors, prompt(answer)));
    }

    /** The numbers of an array. */
    static float[] vector(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++)
            vector[i] = (float) numbers.path(i).asDouble(0);
        return vector;
    }

    static Tokens prompt(ObjectNode answer) {
        JsonNode usage = answer.path("usage");
        long tokens =
                usage.path("prompt_tokens").asLong(usage.path("total_tokens").asLong(0));
        return new Tokens(Math.max(0, tokens), 0, 0, 0);
    }
}
