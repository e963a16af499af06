// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body that a node of the OpenAI API gets. */
public final class OpenAiForward {
    private OpenAiForward() {}

    /**
     * The body for one replica.
     *
     * @param model the model's name there
     * @param outputCap the most tokens of the answer
     */
    public static byte[] body(Operation operation, ModelRequest request, String model, long outputCap) {
        ObjectNode body = request.body().deepCopy();
        body.put("model", model);
        if (operation == Operation.CHAT) {
            // Both names where the caller used the new one: not every server knows it.
            if (body.has("max_completion_tokens")) body.put("max_completion_tokens", outputCap);
            body.put("max_tokens", outputCap);
            if (request.stream()) body.withObject("stream_options").put("include_usage", true);
        }
        return StrictJson.write(body);
    }
}
