// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.GenerationRequest;
import io.intramuros.inference.text.Sampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the bodies of {@code /v1/chat/completions} and {@code /v1/completions}: unknown fields are passed over, known
 * ones that ask for what this node cannot do are refused.
 */
final class AskReader {
    private static final int MOST_STOPS = 16;
    private static final int COMPLETION_DEFAULT = 16;
    private static final int MOST_ANSWERS = 16;
    private static final int MOST_CHAT_LOGPROBS = 20;
    private static final int MOST_COMPLETION_LOGPROBS = 5;
    private static final Pattern TOKEN = Pattern.compile("[0-9]{1,9}");

    private AskReader() {}

    static Ask chat(JsonNode body, ResponseFormats formats) throws RefusedException {
        Fields fields = Fields.of(body, "");
        refuseTools(fields);
        refuseModalities(fields);
        var shape = new GenerationRequest.Shape(formats.read(fields), chatLogprobs(fields));
        OptionalInt limit = fields.positive("max_completion_tokens");
        OptionalInt older = fields.positive("max_tokens");
        return ask(fields, new Ask.Prompt.Chat(messages(fields)), limit.isPresent() ? limit : older, shape);
    }

    static Ask completion(JsonNode body) throws RefusedException {
        Fields fields = Fields.of(body, "");
        List<String> prompts = fields.texts("prompt");
        if (prompts.size() != 1 || prompts.getFirst().isEmpty()) {
            throw fields.unsupported("prompt", "not one text of at least one character");
        }
        for (String name : List.of("suffix", "echo", "best_of")) {
            Optional<JsonNode> node = fields.node(name);
            if (node.isPresent() && !isNeutral(node.get())) {
                throw fields.unsupported(name, "not offered by this node");
            }
        }
        OptionalInt limit = fields.positive("max_tokens");
        return ask(
                fields,
                new Ask.Prompt.Text(prompts.getFirst()),
                limit.isPresent() ? limit : OptionalInt.of(COMPLETION_DEFAULT),
                new GenerationRequest.Shape(Optional.empty(), completionLogprobs(fields)));
    }

    private static Ask ask(Fields fields, Ask.Prompt prompt, OptionalInt maxTokens, GenerationRequest.Shape shape)
            throws RefusedException {
        int answers = fields.positive("n").orElse(1);
        if (answers > MOST_ANSWERS) {
            throw fields.refused("n", "more than " + MOST_ANSWERS);
        }
        return new Ask(
                fields.text("model"),
                prompt,
                maxTokens,
                choice(fields),
                stops(fields),
                delivery(fields),
                answers,
                shape,
                fields.flag("ignore_eos"));
    }

    /** Whether a value asks for nothing: false, 0, 1 where one is what there is, an empty text or object. */
    private static boolean isNeutral(JsonNode node) {
        return (node.isBoolean() && !node.booleanValue())
                || (node.isNumber() && node.doubleValue() == 0)
                || (node.isString() && node.stringValue().isEmpty())
                || (node.isContainer() && node.isEmpty());
    }

    private static void refuseTools(Fields fields) throws RefusedException {
        for (String name : List.of("tool_choice", "function_call")) {
            Optional<JsonNode> node = fields.node(name);
            boolean free = node.isEmpty()
                    || List.of("auto", "none").contains(node.get().asString(""));
            if (!free) {
                throw fields.unsupported(name, "a forced call is not offered by this node (expected: auto or none)");
            }
        }
    }

    private static void refuseModalities(Fields fields) throws RefusedException {
        for (String modality : fields.texts("modalities")) {
            if (!modality.equals("text")) {
                throw fields.unsupported("modalities", "only text is offered by this node");
            }
        }
    }

    private static OptionalInt chatLogprobs(Fields fields) throws RefusedException {
        OptionalLong top = fields.whole("top_logprobs");
        if (!fields.flag("logprobs")) {
            if (top.isPresent()) {
                throw fields.refused("top_logprobs", "only with logprobs");
            }
            return OptionalInt.empty();
        }
        return OptionalInt.of(atMost(fields, "top_logprobs", top.orElse(0), MOST_CHAT_LOGPROBS));
    }

    private static OptionalInt completionLogprobs(Fields fields) throws RefusedException {
        OptionalLong top = fields.whole("logprobs");
        return top.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(atMost(fields, "logprobs", top.getAsLong(), MOST_COMPLETION_LOGPROBS));
    }

    private static int atMost(Fields fields, String name, long value, int most) throws RefusedException {
        if (value < 0 || value > most) {
            throw fields.refused(name, "not from 0 to " + most);
        }
        return (int) value;
    }

    private static Map<Integer, Double> bias(Fields fields) throws RefusedException {
        Optional<JsonNode> node = fields.node("logit_bias");
        Map<Integer, Double> bias = new HashMap<>();
        if (node.isEmpty()) {
            return bias;
        }
        Fields tokens = Fields.of(node.get(), "logit_bias");
        for (String name : node.get().propertyNames()) {
            if (!TOKEN.matcher(name).matches()) {
                throw fields.refused("logit_bias", "a key that is not the id of a token");
            }
            bias.put(Integer.parseInt(name), tokens.number(name).orElse(0));
        }
        return bias;
    }

    private static List<ChatMessage> messages(Fields fields) throws RefusedException {
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
        // An assistant's message that only calls a tool has no content.
        boolean silent =
                role == ChatMessage.Role.ASSISTANT && fields.node("content").isEmpty();
        return new ChatMessage(role, silent ? "" : content(fields));
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

    private static Ask.Choice choice(Fields fields) throws RefusedException {
        OptionalLong topK = fields.whole("top_k");
        // -1 is vLLM's word for all.
        boolean all = topK.isEmpty() || topK.getAsLong() == -1;
        return new Ask.Choice(
                fields.number("temperature"),
                fields.number("top_p"),
                all ? OptionalInt.empty() : fields.positive("top_k"),
                fields.number("min_p").orElse(0),
                fields.number("typical_p").orElse(1),
                penalties(fields),
                bias(fields),
                fields.whole("seed"));
    }

    private static Sampling.Penalties penalties(Fields fields) throws RefusedException {
        try {
            return new Sampling.Penalties(
                    fields.number("presence_penalty").orElse(0),
                    fields.number("frequency_penalty").orElse(0),
                    fields.number("repetition_penalty").orElse(1));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ApiError.range(e));
        }
    }

    private static List<String> stops(Fields fields) throws RefusedException {
        List<String> stops = fields.texts("stop");
        if (stops.size() > MOST_STOPS || stops.contains("")) {
            throw fields.refused("stop", "more than " + MOST_STOPS + " texts, or an empty one");
        }
        return stops;
    }

    private static Ask.Delivery delivery(Fields fields) throws RefusedException {
        boolean stream = fields.flag("stream");
        Optional<JsonNode> options = fields.node("stream_options");
        if (options.isPresent() && !stream) {
            throw fields.refused("stream_options", "only with stream");
        }
        return new Ask.Delivery(
                stream,
                options.isPresent()
                        && Fields.of(options.get(), "stream_options").flag("include_usage"));
    }
}
