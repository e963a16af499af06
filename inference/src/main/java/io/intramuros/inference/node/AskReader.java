// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Sampling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
    private static final Set<String> RESERVED =
            Set.of("messages", "tools", "documents", "add_generation_prompt", "bos_token", "eos_token");
    private static final Pattern TOKEN = Pattern.compile("[0-9]{1,9}");

    private AskReader() {}

    static Ask chat(JsonNode body) throws RefusedException {
        Fields fields = Fields.of(body, "");
        Offer offer = OfferReader.read(fields);
        refuseModalities(fields);
        var shape = new Ask.Shape(ResponseFormats.read(fields), chatLogprobs(fields));
        OptionalInt limit = fields.positive("max_completion_tokens");
        OptionalInt older = fields.positive("max_tokens");
        var prompt = new Ask.Prompt.Chat(MessagesReader.read(fields), offer, options(fields));
        return ask(fields, prompt, limit.isPresent() ? limit : older, shape);
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
                new Ask.Shape(Optional.empty(), completionLogprobs(fields)));
    }

    private static Ask ask(Fields fields, Ask.Prompt prompt, OptionalInt maxTokens, Ask.Shape shape)
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

    /**
     * Variables for the template: {@code chat_template_kwargs} as vLLM takes them, and {@code reasoning_effort}, a hint
     * that templates of models which do not reason pass over.
     */
    private static Map<String, JsonNode> options(Fields fields) throws RefusedException {
        Map<String, JsonNode> options = new HashMap<>();
        Optional<String> effort = fields.optionalText("reasoning_effort");
        if (effort.isPresent()) {
            options.put("reasoning_effort", fields.required("reasoning_effort"));
            boolean thinks = !effort.get().equals("none");
            options.put("enable_thinking", JsonNodeFactory.instance.booleanNode(thinks));
        }
        Optional<JsonNode> more = fields.node("chat_template_kwargs");
        if (more.isPresent()) {
            Fields.of(more.get(), "chat_template_kwargs");
            for (Map.Entry<String, JsonNode> option : more.get().properties()) {
                if (RESERVED.contains(option.getKey())) {
                    throw fields.refused("chat_template_kwargs." + option.getKey(), "said by the request itself");
                }
                options.put(option.getKey(), option.getValue());
            }
        }
        return options;
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
                        && Fields.of(options.get(), "stream_options").flag("include_usage"),
                fields.optionalText("service_tier").orElse("").equals("flex"));
    }
}
