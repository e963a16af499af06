// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

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
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of the OpenAI API, and says by field name what is wrong with them. */
final class OpenAiReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final Set<String> TEXT_PARTS = Set.of("text", "refusal", "input_text", "output_text");

    private static final int MOST_ANSWERS = 16;

    private OpenAiReader() {}

    /** Reads a chat. */
    static Reading chat(byte[] bytes) {
        return read(Operation.CHAT, bytes, OpenAiReader::chatFault);
    }

    /** Reads texts to embed. */
    static Reading embeddings(byte[] bytes) {
        return read(Operation.EMBEDDINGS, bytes, OpenAiReader::embeddingsFault);
    }

    /** Reads a text to go on with, or one with a gap. */
    static Reading completion(byte[] bytes) {
        return Rules.read(bytes, OpenAiReader::completionFault, body -> {
            boolean insert = !body.path("suffix").asString("").isEmpty();
            return sound(insert ? Operation.INSERT : Operation.COMPLETION, body);
        });
    }

    /** Reads documents to rank. */
    static Reading rerank(byte[] bytes) {
        return read(Operation.RERANK, bytes, OpenAiReader::rerankFault);
    }

    private static Reading read(Operation operation, byte[] bytes, Function<ObjectNode, Optional<Refusal>> fault) {
        return Rules.read(bytes, fault, body -> sound(operation, body));
    }

    private static ModelRequest sound(Operation operation, ObjectNode body) {
        boolean stream = operation.writes() && body.path("stream").asBoolean(false);
        return new ModelRequest(
                operation,
                body,
                body.get("model").stringValue(),
                Slots.of(body, OpenAiWords.INSTANCE),
                stream,
                cap(body),
                choices(body));
    }

    /** How many answers are asked for: {@code n}, for each of several prompts. */
    private static int choices(ObjectNode body) {
        JsonNode prompt = body.path("prompt");
        int prompts = prompt.isArray() ? Math.max(1, prompt.size()) : 1;
        return prompts * Math.max(body.path("n").asInt(1), body.path("best_of").asInt(1));
    }

    private static OptionalLong cap(ObjectNode body) {
        JsonNode cap = body.path("max_completion_tokens");
        if (!cap.isNumber()) cap = body.path("max_tokens");
        return cap.isNumber() ? OptionalLong.of(cap.longValue()) : OptionalLong.empty();
    }

    private static Optional<Refusal> completionFault(ObjectNode body) {
        return Rules.first(List.of(
                Rules.absent(body.path("prompt"))
                        ? Rules.refuse("prompt", "must be a string or an array of strings")
                        : Rules.texts(body, "prompt"),
                Rules.type(body, "suffix", body.path("suffix").isString(), "a string"),
                Rules.flag(body, "stream"),
                streamOptions(body),
                body.path("stream").asBoolean(false) && choices(body) > 1
                        ? Rules.refuse("n", "must be 1, and the prompt one, for a stream")
                        : Optional.<Refusal>empty(),
                answers(body, "n"),
                answers(body, "best_of"),
                Rules.count(body, "max_tokens", 1),
                Rules.within(body, "temperature", 0, 2),
                Rules.within(body, "top_p", 0, 1),
                Rules.texts(body, "stop")));
    }

    private static Optional<Refusal> rerankFault(ObjectNode body) {
        JsonNode documents = body.path("documents");
        boolean sound = documents.isArray()
                && !documents.isEmpty()
                && documents
                        .valueStream()
                        .allMatch(document ->
                                document.isString() || document.path("text").isString());
        return Rules.first(List.of(
                body.path("query").isString() ? Optional.<Refusal>empty() : Rules.refuse("query", "must be a string"),
                sound ? Optional.<Refusal>empty() : Rules.refuse("documents", "must be an array of texts"),
                Rules.count(body, "top_n", 1)));
    }

    private static Optional<Refusal> chatFault(ObjectNode body) {
        return Rules.first(List.of(
                messages(body.path("messages")),
                Rules.flag(body, "stream"),
                Rules.type(body, "stream_options", body.path("stream_options").isObject(), "an object"),
                streamOptions(body),
                Rules.count(body, "max_tokens", 1),
                Rules.count(body, "max_completion_tokens", 1),
                Rules.within(body, "temperature", 0, 2),
                Rules.within(body, "top_p", 0, 1),
                Rules.within(body, "presence_penalty", -2, 2),
                Rules.within(body, "frequency_penalty", -2, 2),
                Rules.tools(body),
                answers(body, "n"),
                Rules.texts(body, "stop")));
    }

    private static Optional<Refusal> embeddingsFault(ObjectNode body) {
        JsonNode input = body.path("input");
        boolean texts = input.isArray() && !input.isEmpty();
        for (JsonNode element : input) texts &= element.isString();
        if (!texts && !input.isString())
            return Rules.refuse(
                    "input", "must be a string or an array of strings; token ids cannot be examined for personal data");
        return Rules.type(body, "encoding_format", body.path("encoding_format").isString(), "float or base64")
                .or(() -> Rules.count(body, "dimensions", 1));
    }

    private static Optional<Refusal> messages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) return Rules.refuse("messages", "must be an array of messages");
        return Rules.each(messages, "messages", OpenAiReader::message).or(() -> results(messages));
    }

    /** The result of a call that nobody made is refused here, where its place can be named; nodes only fail. */
    private static Optional<Refusal> results(JsonNode messages) {
        Set<String> calls = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            for (JsonNode call : message.path("tool_calls"))
                calls.add(call.path("id").asString(""));
            boolean result = message.path("role").asString("").equals("tool");
            if (result && !calls.contains(message.path("tool_call_id").asString("")))
                return Rules.refuse("messages[" + i + "].tool_call_id", "must be the id of a tool call before it");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> message(JsonNode message, String at) {
        if (!message.isObject()) return Rules.refuse(at, "must be an object");
        JsonNode role = message.path("role");
        if (!role.isString() || !ROLES.contains(role.stringValue()))
            return Rules.refuse(
                    at + ".role",
                    "must be one of "
                            + String.join(", ", ROLES.stream().sorted().toList()));
        JsonNode content = message.path("content");
        if (content.isArray()) return parts(content, at + ".content");
        boolean mayLack = role.stringValue().equals("assistant");
        if (!content.isString() && !(mayLack && (content.isNull() || content.isMissingNode())))
            return Rules.refuse(at + ".content", "must be a string or an array of parts");
        JsonNode calls = message.path("tool_calls");
        return calls.isMissingNode() || calls.isNull() || calls.isArray()
                ? Optional.empty()
                : Rules.refuse(at + ".tool_calls", "must be an array");
    }

    private static Optional<Refusal> parts(JsonNode parts, String at) {
        for (int i = 0; i < parts.size(); i++) {
            String type = parts.get(i).path("type").asString("");
            if (!TEXT_PARTS.contains(type))
                return Rules.refuse(
                        at + "[" + i + "]",
                        "must be a text part; images, audio and files cannot be examined for personal data");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> streamOptions(ObjectNode body) {
        boolean given = body.path("stream_options").isObject();
        return given && !body.path("stream").asBoolean(false)
                ? Rules.refuse("stream_options", "may be given only with \"stream\": true")
                : Optional.empty();
    }

    private static Optional<Refusal> answers(ObjectNode body, String name) {
        JsonNode n = body.path(name);
        boolean sound = Rules.absent(n) || (n.isIntegralNumber() && n.asLong() >= 1 && n.asLong() <= MOST_ANSWERS);
        return sound ? Optional.empty() : Rules.refuse(name, "must be a whole number from 1 to " + MOST_ANSWERS);
    }
}
