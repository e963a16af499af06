// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.dialect.WholeAnswers;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/embed}, and {@code POST /api/embeddings} of old, for one text. */
final class OllamaEmbedEndpoint extends OllamaEndpoint {
    private final String field;

    private OllamaEmbedEndpoint(Dialect dialect, String path, String field) {
        super(dialect, path);
        this.field = field;
    }

    static OllamaEmbedEndpoint embed(Dialect dialect) {
        return new OllamaEmbedEndpoint(dialect, "/api/embed", "input");
    }

    static OllamaEmbedEndpoint embeddings(Dialect dialect) {
        return new OllamaEmbedEndpoint(dialect, "/api/embeddings", "prompt");
    }

    private boolean isOld() {
        return field.equals("prompt");
    }

    @Override
    public Reading read(byte[] body) {
        return OllamaReader.embed(body, field);
    }

    @Override
    public Ask ask(ModelRequest request) {
        return OllamaAsk.embedding(request, field);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        Answer.Vectors vectors = (Answer.Vectors) answer;
        ObjectNode root = StrictJson.object();
        if (isOld()) {
            ArrayNode numbers = root.putArray("embedding");
            if (!vectors.vectors().isEmpty()) write(vectors.vectors().getFirst(), numbers);
            return StrictJson.write(root);
        }
        root.put("model", exchange.found().request.get().model());
        ArrayNode all = root.putArray("embeddings");
        vectors.vectors().forEach(vector -> write(vector, all.addArray()));
        root.put("total_duration", exchange.elapsed().toNanos());
        root.put("load_duration", 0);
        root.put("prompt_eval_count", vectors.tokens().in());
        return StrictJson.write(root);
    }

    private static void write(float[] vector, ArrayNode to) {
        for (float value : vector) to.add(value);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        throw new IllegalStateException("stream: of vectors (expected: its reader says that there is none)");
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"" + field + "\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Answers answers() {
        return WholeAnswers.of(OllamaAnswers::vectors);
    }
}
