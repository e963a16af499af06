// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.Rules;
import io.intramuros.gateway.dialect.Slots;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of {@code /v1/responses}. Nothing is kept between two of them, so each must bring all of it. */
final class ResponsesReader {
    private static final String STATELESS =
            "refers to an answer of before, and none are kept here; send the whole input";
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text", "refusal");

    private ResponsesReader() {}

    static Reading read(byte[] bytes) {
        return Rules.read(bytes, ResponsesReader::fault, ResponsesReader::sound);
    }

    private static ModelRequest sound(ObjectNode body) {
        JsonNode cap = body.path("max_output_tokens");
        return new ModelRequest(
                Operation.CHAT,
                body,
                body.get("model").stringValue(),
                Slots.of(body, OpenAiWords.INSTANCE),
                body.path("stream").asBoolean(false),
                cap.isNumber() ? OptionalLong.of(cap.longValue()) : OptionalLong.empty(),
                1);
    }

    private static Optional<Refusal> fault(ObjectNode body) {
        return Rules.first(List.of(
                absent(body, "previous_response_id", STATELESS),
                absent(body, "conversation", STATELESS),
                body.path("background").asBoolean(false)
                        ? Rules.refuse("background", "cannot be true here: nothing is kept to be asked for later")
                        : Optional.<Refusal>empty(),
                absent(body, "prompt", "refers to a text that the service keeps, and none are kept here"),
                input(body.path("input")),
                Rules.type(body, "instructions", body.path("instructions").isString(), "a string"),
                Rules.count(body, "max_output_tokens", 1),
                Rules.flag(body, "stream"),
                Rules.within(body, "temperature", 0, 2),
                Rules.within(body, "top_p", 0, 1),
                Rules.tools(body),
                Rules.type(body, "reasoning", body.path("reasoning").isObject(), "an object"),
                Rules.type(body, "text", body.path("text").isObject(), "an object")));
    }

    private static Optional<Refusal> absent(ObjectNode body, String name, String rule) {
        return Rules.absent(body.path(name)) ? Optional.empty() : Rules.refuse(name, rule);
    }

    private static Optional<Refusal> input(JsonNode input) {
        if (input.isString()) return Optional.empty();
        if (!input.isArray() || input.isEmpty()) return Rules.refuse("input", "must be a string or an array of items");
        for (int i = 0; i < input.size(); i++) {
            Optional<Refusal> fault = item(input.get(i), "input[" + i + "]");
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private static Optional<Refusal> item(JsonNode item, String at) {
        return switch (item.path("type").asString("message")) {
            case "message" ->
                ROLES.contains(item.path("role").asString(""))
                        ? content(item.path("content"), at + ".content")
                        : Rules.refuse(at + ".role", "must be one of assistant, developer, system, user");
            case "function_call" ->
                strings(item, at, "call_id")
                        .or(() -> strings(item, at, "name"))
                        .or(() -> strings(item, at, "arguments"));
            case "function_call_output" ->
                strings(item, at, "call_id").or(() -> content(item.path("output"), at + ".output"));
            case "reasoning" -> Optional.empty();
            default ->
                Rules.refuse(
                        at + ".type",
                        "must be message, function_call, function_call_output or reasoning; nothing else can be"
                                + " examined or passed on");
        };
    }

    private static Optional<Refusal> content(JsonNode content, String at) {
        if (content.isString()) return Optional.empty();
        if (!content.isArray()) return Rules.refuse(at, "must be a string or an array of parts");
        for (int i = 0; i < content.size(); i++)
            if (!TEXTS.contains(content.get(i).path("type").asString("")))
                return Rules.refuse(
                        at + "[" + i + "]",
                        "must be a text part; images, audio and files cannot be examined for personal data");
        return Optional.empty();
    }

    private static Optional<Refusal> strings(JsonNode item, String at, String name) {
        return item.path(name).isString() ? Optional.empty() : Rules.refuse(at + "." + name, "must be a string");
    }
}
