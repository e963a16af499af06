// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.dialect.Rules;
import io.intramuros.gateway.dialect.Slots;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of the Messages API, and says by field name what is wrong with them. */
final class AnthropicReader {
    private static final String UNSEEN = "cannot be examined for personal data, so it is not taken";
    private static final Set<String> USERS = Set.of("text", "tool_result");
    private static final Set<String> ASSISTANTS = Set.of("text", "tool_use", "thinking");
    private static final Set<String> CHOICES = Set.of("auto", "any", "tool", "none");

    private AnthropicReader() {}

    /** Reads a request for a message. */
    static Reading messages(byte[] bytes) {
        return Rules.read(
                bytes,
                AnthropicReader::fault,
                body -> sound(body, body.path("stream").asBoolean(false)));
    }

    /** Reads a request to count the tokens of one, which needs no cap. */
    static Reading count(byte[] bytes) {
        return Rules.read(bytes, AnthropicReader::conversation, body -> sound(body, false));
    }

    private static ModelRequest sound(ObjectNode body, boolean stream) {
        JsonNode cap = body.path("max_tokens");
        return new ModelRequest(
                Operation.CHAT,
                body,
                body.get("model").stringValue(),
                Slots.of(body, AnthropicWords.INSTANCE),
                stream,
                cap.isNumber() ? OptionalLong.of(cap.longValue()) : OptionalLong.empty(),
                1);
    }

    private static Optional<Refusal> fault(ObjectNode body) {
        if (Rules.absent(body.path("max_tokens")))
            return Rules.refuse("max_tokens", "is required here; bodies of the OpenAI API go to /v1/chat/completions");
        return Rules.first(List.of(
                conversation(body),
                Rules.count(body, "max_tokens", 1),
                Rules.flag(body, "stream"),
                Rules.within(body, "temperature", 0, 1),
                Rules.within(body, "top_p", 0, 1),
                Rules.count(body, "top_k", 0),
                Rules.texts(body, "stop_sequences")));
    }

    private static Optional<Refusal> conversation(ObjectNode body) {
        return Rules.first(List.of(
                system(body.path("system")),
                turns(body.path("messages")),
                Rules.tools(body),
                tools(body.path("tools")),
                choice(body.path("tool_choice")),
                Rules.type(body, "thinking", body.path("thinking").isObject(), "an object")));
    }

    private static Optional<Refusal> system(JsonNode system) {
        if (Rules.absent(system) || system.isString()) return Optional.empty();
        if (!system.isArray()) return Rules.refuse("system", "must be a string or an array of text blocks");
        for (int i = 0; i < system.size(); i++)
            if (!isText(system.get(i))) return Rules.refuse("system[" + i + "]", "must be a text block");
        return Optional.empty();
    }

    private static Optional<Refusal> turns(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) return Rules.refuse("messages", "must be an array of messages");
        Set<String> calls = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            Optional<Refusal> fault = turn(messages.get(i), "messages[" + i + "]", calls);
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private static Optional<Refusal> turn(JsonNode message, String at, Set<String> calls) {
        String role = message.path("role").asString("");
        if (!role.equals("user") && !role.equals("assistant"))
            return Rules.refuse(
                    at + ".role", "must be \"user\" or \"assistant\"; a system prompt stands in \"system\"");
        JsonNode content = message.path("content");
        if (content.isString()) return Optional.empty();
        if (!content.isArray()) return Rules.refuse(at + ".content", "must be a string or an array of blocks");
        Set<String> types = role.equals("user") ? USERS : ASSISTANTS;
        for (int i = 0; i < content.size(); i++) {
            Optional<Refusal> fault = block(content.get(i), at + ".content[" + i + "]", types, calls);
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private static Optional<Refusal> block(JsonNode block, String at, Set<String> types, Set<String> calls) {
        String type = block.path("type").asString("");
        if (!types.contains(type))
            return Rules.refuse(
                    at + ".type",
                    "must be one of "
                            + String.join(", ", types.stream().sorted().toList()) + "; what is of another type "
                            + UNSEEN);
        return switch (type) {
            case "text" -> isText(block) ? Optional.empty() : Rules.refuse(at + ".text", "must be a string");
            case "tool_use" -> call(block, at, calls);
            case "tool_result" -> result(block, at, calls);
            default ->
                block.path("thinking").isString()
                        ? Optional.empty()
                        : Rules.refuse(at + ".thinking", "must be a string");
        };
    }

    private static Optional<Refusal> call(JsonNode block, String at, Set<String> calls) {
        if (!block.path("id").isString()) return Rules.refuse(at + ".id", "must be a string");
        if (!block.path("name").isString()) return Rules.refuse(at + ".name", "must be the name of a tool");
        if (!block.path("input").isObject()) return Rules.refuse(at + ".input", "must be an object");
        calls.add(block.path("id").stringValue());
        return Optional.empty();
    }

    private static Optional<Refusal> result(JsonNode block, String at, Set<String> calls) {
        if (!calls.contains(block.path("tool_use_id").asString("")))
            return Rules.refuse(at + ".tool_use_id", "must be the id of a tool_use block before it");
        JsonNode content = block.path("content");
        if (Rules.absent(content) || content.isString()) return Optional.empty();
        if (!content.isArray()) return Rules.refuse(at + ".content", "must be a string or an array of text blocks");
        for (int i = 0; i < content.size(); i++)
            if (!isText(content.get(i)))
                return Rules.refuse(
                        at + ".content[" + i + "]", "must be a text block; what is of another type " + UNSEEN);
        return Optional.empty();
    }

    private static Optional<Refusal> tools(JsonNode tools) {
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            String at = "tools[" + i + "]";
            if (!tool.path("type").asString("custom").equals("custom"))
                return Rules.refuse(at + ".type", "must be \"custom\": no tool runs on the server's side here");
            if (!tool.path("name").isString()) return Rules.refuse(at + ".name", "must be a string");
            if (!tool.path("input_schema").isObject()) return Rules.refuse(at + ".input_schema", "must be an object");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> choice(JsonNode choice) {
        if (Rules.absent(choice)) return Optional.empty();
        String type = choice.path("type").asString("");
        if (!CHOICES.contains(type)) return Rules.refuse("tool_choice.type", "must be auto, any, tool or none");
        return !type.equals("tool") || choice.path("name").isString()
                ? Optional.empty()
                : Rules.refuse("tool_choice.name", "must be the name of a tool");
    }

    private static boolean isText(JsonNode block) {
        return block.path("type").asString("").equals("text")
                && block.path("text").isString();
    }
}
