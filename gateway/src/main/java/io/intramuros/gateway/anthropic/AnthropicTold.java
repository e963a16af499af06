// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages as the Messages API does. */
final class AnthropicTold {
    private AnthropicTold() {}

    /** A whole message. */
    static byte[] message(Exchange exchange, Answer.Told told) {
        ObjectNode root = empty(exchange);
        for (Part part : told.parts()) block(part, root.withArray("content").addObject());
        ending(told.ending(), root);
        usage(told.tokens(), root.putObject("usage"));
        return StrictJson.write(root);
    }

    /** A message that says nothing yet. */
    static ObjectNode empty(Exchange exchange) {
        ObjectNode root = StrictJson.object()
                .put("id", "msg_" + exchange.id().replace("-", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", exchange.found().model.get().name());
        root.putArray("content");
        root.putNull("stop_reason");
        root.putNull("stop_sequence");
        return root;
    }

    private static void block(Part part, ObjectNode to) {
        switch (part) {
            case Part.Text(String text) ->
                to.put("type", "text").put("text", text).putNull("citations");
            case Part.Thinking(String text) ->
                // What thinks here signs nothing, and clients want the field.
                to.put("type", "thinking").put("thinking", text).put("signature", "");
            case Part.Call(String id, String name, String arguments) -> {
                to.put("type", "tool_use").put("id", id).put("name", name);
                to.set("input", StrictJson.arguments(arguments));
            }
            case Part.Result _ -> throw new IllegalStateException("part: a result (expected: what a model says)");
        }
    }

    /** Why it ended. */
    static void ending(ChatEvent.Ended ended, ObjectNode to) {
        boolean sequence = ended.reason() == StopReason.STOP && ended.sequence().isPresent();
        to.put("stop_reason", sequence ? "stop_sequence" : reason(ended.reason()));
        to.put("stop_sequence", sequence ? ended.sequence().get() : null);
    }

    private static String reason(StopReason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case CALLS -> "tool_use";
            case FILTERED -> "refusal";
        };
    }

    /** Tokens of the prompt that came from a cache are counted apart here. */
    static void usage(Tokens tokens, ObjectNode to) {
        to.put("input_tokens", Math.max(0, tokens.in() - tokens.cached()));
        to.put("cache_creation_input_tokens", 0);
        to.put("cache_read_input_tokens", tokens.cached());
        to.put("output_tokens", tokens.out());
    }

    /** The answer to a request to count. */
    static byte[] count(long tokens) {
        JsonNode root = StrictJson.object().put("input_tokens", tokens);
        return StrictJson.write(root);
    }
}
