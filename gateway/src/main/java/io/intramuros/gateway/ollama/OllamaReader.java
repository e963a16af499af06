// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

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

/** Reads the bodies of Ollama's API, and says by field name what is wrong with them. */
final class OllamaReader {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
    private static final String LATEST = ":latest";

    private OllamaReader() {}

    /** Reads a chat. One without messages only asks that the model be loaded. */
    static Reading chat(byte[] bytes) {
        return Rules.read(
                bytes,
                body -> Rules.first(List.of(messages(body.path("messages")), common(body))),
                body -> sound(Operation.CHAT, body, !isEmpty(body.path("messages"))));
    }

    /** Reads a text to answer or to go on with. One without a prompt only asks that the model be loaded. */
    static Reading generate(byte[] bytes) {
        return Rules.read(bytes, OllamaReader::generateFault, body -> {
            boolean insert = !body.path("suffix").asString("").isEmpty();
            boolean raw = body.path("raw").asBoolean(false);
            Operation operation = insert ? Operation.INSERT : raw ? Operation.COMPLETION : Operation.CHAT;
            return sound(operation, body, !body.path("prompt").asString("").isEmpty());
        });
    }

    /**
     * Reads texts to embed.
     *
     * @param field where they stand
     */
    static Reading embed(byte[] bytes, String field) {
        return Rules.read(
                bytes,
                body -> Rules.first(List.of(
                        Rules.absent(body.path(field))
                                ? Rules.refuse(field, "must be a string or an array of strings")
                                : Rules.texts(body, field),
                        Rules.count(body, "dimensions", 1),
                        Rules.type(body, "options", body.path("options").isObject(), "an object"))),
                body -> sound(Operation.EMBEDDINGS, body, false));
    }

    private static ModelRequest sound(Operation operation, ObjectNode body, boolean streams) {
        String model = body.get("model").stringValue();
        JsonNode cap = body.path("options").path("num_predict");
        return new ModelRequest(
                operation,
                body,
                model.endsWith(LATEST) ? model.substring(0, model.length() - LATEST.length()) : model,
                Slots.of(body, OllamaWords.INSTANCE),
                streams && body.path("stream").asBoolean(true),
                // -1 and -2 ask for no end, which nobody gets
                cap.isNumber() && cap.longValue() > 0 ? OptionalLong.of(cap.longValue()) : OptionalLong.empty(),
                1);
    }

    private static Optional<Refusal> generateFault(ObjectNode body) {
        return Rules.first(List.of(
                text(body, "prompt"),
                text(body, "suffix"),
                text(body, "system"),
                text(body, "template"),
                Rules.flag(body, "raw"),
                isEmpty(body.path("context"))
                        ? Optional.<Refusal>empty()
                        : Rules.refuse(
                                "context",
                                "holds tokens, which cannot be examined for personal data; use /api/chat and send the"
                                        + " messages"),
                images(body.path("images"), "images"),
                common(body)));
    }

    private static Optional<Refusal> common(ObjectNode body) {
        JsonNode options = body.path("options");
        JsonNode format = body.path("format");
        JsonNode think = body.path("think");
        return Rules.first(List.of(
                Rules.flag(body, "stream"),
                Rules.tools(body),
                Rules.type(body, "options", options.isObject(), "an object"),
                Rules.type(body, "format", format.isString() || format.isObject(), "\"json\" or a JSON Schema"),
                Rules.type(body, "think", think.isBoolean() || think.isString(), "true, false or a level"),
                options instanceof ObjectNode given ? options(given) : Optional.<Refusal>empty()));
    }

    private static Optional<Refusal> options(ObjectNode options) {
        for (var member : options.properties()) {
            JsonNode value = member.getValue();
            boolean list = member.getKey().equals("stop");
            if (list ? !isTexts(value) : !(value.isNumber() || value.isBoolean() || value.isNull()))
                return Rules.refuse("options", "must hold numbers and truths, and in \"stop\" strings");
        }
        return Optional.empty();
    }

    private static boolean isTexts(JsonNode value) {
        return value.isNull()
                || value.isString()
                || (value.isArray() && value.valueStream().allMatch(JsonNode::isString));
    }

    private static Optional<Refusal> messages(JsonNode messages) {
        if (Rules.absent(messages)) return Optional.empty();
        if (!messages.isArray()) return Rules.refuse("messages", "must be an array of messages");
        return Rules.each(messages, "messages", OllamaReader::message);
    }

    private static Optional<Refusal> message(JsonNode message, String at) {
        if (!ROLES.contains(message.path("role").asString("")))
            return Rules.refuse(at + ".role", "must be one of assistant, system, tool, user");
        JsonNode content = message.path("content");
        if (!content.isString() && !Rules.absent(content))
            return Rules.refuse(
                    at + ".content", "must be a string here; bodies of the OpenAI API go to /v1/chat/completions");
        JsonNode calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++)
            if (!calls.get(i).path("function").path("arguments").isObject())
                return Rules.refuse(
                        at + ".tool_calls[" + i + "].function.arguments", "must be an object here, not a string");
        return images(message.path("images"), at + ".images");
    }

    private static Optional<Refusal> images(JsonNode images, String at) {
        return isEmpty(images)
                ? Optional.empty()
                : Rules.refuse(at, "cannot be examined for personal data, so they are not taken");
    }

    private static Optional<Refusal> text(ObjectNode body, String name) {
        return Rules.type(body, name, body.path(name).isString(), "a string");
    }

    static boolean isEmpty(JsonNode node) {
        return Rules.absent(node) || (node.isContainer() && node.isEmpty());
    }
}
