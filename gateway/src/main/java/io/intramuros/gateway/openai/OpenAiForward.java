// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.exchange.ModelRequest;
import tools.jackson.databind.node.ObjectNode;

/** Writes the bodies that a node of the OpenAI API gets from a caller of the same. */
final class OpenAiForward {
    private OpenAiForward() {}

    /**
     * A chat's body.
     *
     * @param cap the most tokens of one answer
     */
    static ObjectNode chat(ModelRequest request, long cap) {
        ObjectNode body = request.body().deepCopy();
        capped(body, cap, request.stream());
        return body;
    }

    /** Puts the cap into a body, and asks for the usage of a stream. */
    static void capped(ObjectNode body, long cap, boolean stream) {
        // Both names where the caller used the new one: not every server knows it.
        if (body.has("max_completion_tokens")) body.put("max_completion_tokens", cap);
        body.put("max_tokens", cap);
        if (stream) {
            body.put("stream", true);
            body.withObject("stream_options").put("include_usage", true);
        }
    }
}
