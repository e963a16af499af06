// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a model is told before it answers.
 *
 * @param messages the turns so far
 * @param tools what it may call, each as OpenAI's protocol describes it
 * @param options further variables for the template, such as {@code enable_thinking}
 */
public record Conversation(List<ChatMessage> messages, List<JsonNode> tools, Map<String, JsonNode> options) {
    /** Copies the collections. */
    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        options = Map.copyOf(options);
    }

    /** Only messages. */
    public static Conversation of(List<ChatMessage> messages) {
        return new Conversation(messages, List.of(), Map.of());
    }

    /** Says how much there is, and never what it is. */
    @Override
    public String toString() {
        return "Conversation[" + messages.size() + " messages, " + tools.size() + " tools]";
    }
}
