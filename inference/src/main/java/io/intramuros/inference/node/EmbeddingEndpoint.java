// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code /v1/embeddings}: numbers, or base64 of little-endian 32-bit floats as most clients ask for. */
final class EmbeddingEndpoint {
    private static final int MOST_INPUTS = 2048;

    private final ServedModels models;

    EmbeddingEndpoint(ServedModels models) {
        this.models = models;
    }

    void serve(Call call, JsonNode body) throws RefusedException, IOException, InterruptedException {
        Fields fields = Fields.of(body, "");
        EmbeddingModel model =
                models.embedding(fields.text("model")).orElseThrow(() -> new RefusedException(ApiError.noModel()));
        List<String> inputs = inputs(fields);
        boolean base64 = base64(fields);
        if (fields.node("dimensions").isPresent()) {
            throw fields.unsupported("dimensions", "not offered by this model");
        }
        Turns turns = model.turns();
        var wish = new Turns.Wish(call.request().tenant(), 1, call.request().background());
        Turns.Place place =
                turns.enter(wish).orElseThrow(() -> new RefusedException(ApiError.overloaded(turns.patience())));
        try (place) {
            call.onHangUp(place::giveUp);
            turns.await(place);
            call.json(200, answer(call, model, inputs, base64));
        }
    }

    private static List<String> inputs(Fields fields) throws RefusedException {
        List<String> inputs = fields.texts("input");
        if (inputs.isEmpty() || inputs.size() > MOST_INPUTS || inputs.contains("")) {
            throw fields.refused("input", "not 1 to " + MOST_INPUTS + " texts of at least one character");
        }
        return inputs;
    }

    private static boolean base64(Fields fields) throws RefusedException {
        return switch (fields.optionalText("encoding_format").orElse("float")) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw fields.refused("encoding_format", "not float or base64");
        };
    }

    private static ObjectNode answer(Call call, EmbeddingModel model, List<String> inputs, boolean base64)
            throws RefusedException, HungUpException {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        int tokens = 0;
        for (String input : inputs) {
            if (call.isGone()) {
                throw new HungUpException("connection: closed before all texts were encoded");
            }
            tokens += tokens(model.embedder(), data.size(), input);
            write(data, model.embedder().embed(input), base64);
        }
        model.metrics().embedded(tokens);
        body.put("model", model.id())
                .putObject("usage")
                .put("prompt_tokens", tokens)
                .put("total_tokens", tokens);
        return body;
    }

    private static int tokens(Embedder embedder, int index, String input) throws RefusedException {
        int tokens = embedder.tokens(input);
        if (tokens > embedder.mostTokens()) {
            throw new RefusedException(ApiError.inputTooLong(index, embedder.mostTokens(), tokens));
        }
        return tokens;
    }

    private static void write(ArrayNode data, float[] vector, boolean base64) {
        ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
        if (base64) {
            entry.put("embedding", base64(vector));
            return;
        }
        ArrayNode numbers = entry.putArray("embedding");
        for (float value : vector) {
            numbers.add(value);
        }
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
