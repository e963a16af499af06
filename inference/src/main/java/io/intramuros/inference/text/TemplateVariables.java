// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A conversation as the variables that chat templates read: the names are those of Hugging Face's transformers. */
final class TemplateVariables {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.shared();

    private TemplateVariables() {}

    /**
     * The variables.
     *
     * @param argumentsAsText whether the template wants the arguments of calls as text, and not as an object
     */
    static Map<String, JsonNode> of(Conversation conversation, boolean argumentsAsText) {
        Map<String, JsonNode> variables = new HashMap<>(conversation.options());
        ArrayNode messages = NODES.arrayNode();
        conversation.messages().forEach(message -> messages.add(message(message, argumentsAsText)));
        variables.put("messages", messages);
        variables.put(
                "tools",
                conversation.tools().isEmpty()
                        ? NODES.nullNode()
                        : NODES.arrayNode().addAll(conversation.tools()));
        variables.put("documents", NODES.nullNode());
        variables.putIfAbsent("add_generation_prompt", NODES.booleanNode(true));
        return variables;
    }

    private static ObjectNode message(ChatMessage message, boolean argumentsAsText) {
        ObjectNode node = NODES.objectNode();
        node.put("role", message.role().name().toLowerCase(Locale.ROOT));
        node.put("content", message.content());
        if (!message.calls().isEmpty()) {
            ArrayNode calls = node.putArray("tool_calls");
            message.calls().forEach(call -> call(calls.addObject(), call, argumentsAsText));
        }
        message.answers().ifPresent(id -> node.put("tool_call_id", id));
        message.reasoning().ifPresent(text -> node.put("reasoning_content", text));
        return node;
    }

    private static void call(ObjectNode node, ToolCall call, boolean argumentsAsText) {
        if (!call.id().isEmpty()) {
            node.put("id", call.id());
        }
        ObjectNode function = node.put("type", "function").putObject("function");
        function.put("name", call.name());
        function.set("arguments", argumentsAsText ? NODES.stringNode(call.arguments()) : parsed(call.arguments()));
    }

    /** The arguments as an object, or as they are where they are none. */
    private static JsonNode parsed(String arguments) {
        try {
            JsonNode node = JSON.readTree(arguments);
            return node.isObject() ? node : NODES.stringNode(arguments);
        } catch (JacksonException _) {
            return NODES.stringNode(arguments); // what a model wrote before need not have been JSON
        }
    }
}
