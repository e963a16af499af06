// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code messages}. */
final class MessagesReader {
    private MessagesReader() {}

    static List<ChatMessage> read(Fields fields) throws RefusedException {
        JsonNode array = fields.required("messages");
        if (!array.isArray() || array.isEmpty()) {
            throw fields.refused("messages", "not an array of at least one message");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode item : array) {
            messages.add(message(Fields.of(item, "messages[" + messages.size() + "]")));
        }
        return messages;
    }

    private static ChatMessage message(Fields fields) throws RefusedException {
        ChatMessage.Role role = switch (fields.text("role")) {
            case "system", "developer" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            case "tool", "function" -> ChatMessage.Role.TOOL;
            default ->
                throw fields.refused("role", "not a known role (expected: system, developer, user, assistant or tool)");
        };
        boolean assistant = role == ChatMessage.Role.ASSISTANT;
        // An assistant's message that only calls a tool has no content.
        boolean silent = assistant && fields.node("content").isEmpty();
        return new ChatMessage(
                role,
                silent ? "" : content(fields),
                assistant ? calls(fields) : List.of(),
                role == ChatMessage.Role.TOOL ? fields.optionalText("tool_call_id") : Optional.empty(),
                assistant ? reasoning(fields) : Optional.empty());
    }

    private static Optional<String> reasoning(Fields fields) throws RefusedException {
        Optional<String> usual = fields.optionalText("reasoning_content");
        return usual.isPresent() ? usual : fields.optionalText("reasoning");
    }

    private static List<ToolCall> calls(Fields fields) throws RefusedException {
        Optional<JsonNode> array = fields.node("tool_calls");
        if (array.isEmpty()) {
            return List.of();
        }
        if (!array.get().isArray()) {
            throw fields.refused("tool_calls", "not an array");
        }
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode item : array.get()) {
            Fields call = Fields.of(item, fields.path("tool_calls[" + calls.size() + "]"));
            if (!call.optionalText("type").orElse("function").equals("function")) {
                throw call.unsupported("type", "only functions are offered by this node (expected: function)");
            }
            Fields function = Fields.of(call.required("function"), call.path("function"));
            calls.add(new ToolCall(
                    call.optionalText("id").orElse(""), function.text("name"), function.text("arguments")));
        }
        return calls;
    }

    private static String content(Fields fields) throws RefusedException {
        JsonNode content = fields.required("content");
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw fields.refused("content", "neither a string nor an array of parts");
        }
        var text = new StringBuilder();
        int index = 0;
        for (JsonNode part : content) {
            text.append(part(Fields.of(part, fields.path("content[" + index++ + "]"))));
        }
        return text.toString();
    }

    private static String part(Fields part) throws RefusedException {
        return switch (part.text("type")) {
            case "text" -> part.text("text");
            case "refusal" -> part.text("refusal");
            default -> throw part.unsupported("type", "only text parts are offered by this node");
        };
    }
}
