// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Part;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI's and Ollama's bodies have in common; where they differ, the difference is handed in. */
public final class Turns {
    private Turns() {}

    /**
     * Adds one turn of a conversation.
     *
     * @param assistant writes what the model said
     * @param result adds what a tool answered
     */
    public static void add(
            Message message,
            ArrayNode to,
            BiConsumer<Message, ObjectNode> assistant,
            BiConsumer<Part, ArrayNode> result) {
        switch (message.role()) {
            case SYSTEM -> to.addObject().put("role", "system").put("content", message.text());
            case USER -> to.addObject().put("role", "user").put("content", message.text());
            case ASSISTANT -> assistant.accept(message, to.addObject());
            case TOOL -> message.parts().forEach(part -> result.accept(part, to));
        }
    }

    /** A body with texts to embed; the node's name of the model comes later. */
    public static ObjectNode inputs(Embedding embedding) {
        ObjectNode body = StrictJson.object().put("model", "");
        ArrayNode input = body.putArray("input");
        embedding.inputs().forEach(input::add);
        embedding.dimensions().ifPresent(given -> body.set("dimensions", given.value()));
        return body;
    }
}
