// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Given;
import io.intramuros.gateway.chat.Option;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.dialect.OptionNames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.InexpressibleException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of the OpenAI API, and those that its servers added, under its names. */
final class OpenAiOptions {
    private static final String FORM = "response_format";

    /** Said to the service about the caller's own books; no answer depends on them. */
    private static final Set<String> BOOKS =
            Set.of("metadata", "safety_identifier", "prompt_cache_key", "service_tier", "user");

    private static final Map<String, Option> NAMES = Map.ofEntries(
            Map.entry("temperature", Option.TEMPERATURE),
            Map.entry("top_p", Option.TOP_P),
            Map.entry("top_k", Option.TOP_K),
            Map.entry("min_p", Option.MIN_P),
            Map.entry("seed", Option.SEED),
            Map.entry("stop", Option.STOP),
            Map.entry("presence_penalty", Option.PRESENCE_PENALTY),
            Map.entry("frequency_penalty", Option.FREQUENCY_PENALTY),
            Map.entry("repetition_penalty", Option.REPEAT_PENALTY),
            Map.entry("logit_bias", Option.LOGIT_BIAS),
            Map.entry("parallel_tool_calls", Option.PARALLEL_CALLS),
            Map.entry("reasoning_effort", Option.EFFORT));

    private static final OptionNames TABLE = new OptionNames(NAMES, elsewhere());

    private OpenAiOptions() {}

    private static Set<String> elsewhere() {
        Set<String> fields = new java.util.HashSet<>(BOOKS);
        fields.addAll(Set.of(
                "model",
                "messages",
                "prompt",
                "suffix",
                "stream",
                "stream_options",
                "max_tokens",
                "max_completion_tokens",
                "tools",
                "tool_choice",
                "n",
                FORM));
        return fields;
    }

    /** The options of a chat or a text; everything else in it must have been read already. */
    static Options read(ObjectNode body) throws InexpressibleException {
        if (body.path("n").asInt(1) != 1) throw new InexpressibleException("n", "must be 1 for this model");
        OptionNames.Taken taken = TABLE.read(body, "", new OptionNames.Taken());
        JsonNode form = body.path(FORM);
        if (form.isObject()) form(form, taken);
        return taken.options();
    }

    private static void form(JsonNode form, OptionNames.Taken taken) {
        switch (form.path("type").asString("")) {
            case "text" -> {
                // what comes anyway
            }
            case "json_object" -> taken.with(Option.FORMAT, FORM, StrictJson.string("json"));
            case "json_schema" ->
                taken.with(Option.FORMAT, FORM, form.path("json_schema").path("schema"));
            default -> taken.other(FORM, form);
        }
    }

    /** Writes options into a body. */
    static void write(Options options, ObjectNode body) throws InexpressibleException {
        TABLE.write(options, body, Set.of(Option.FORMAT, Option.USER));
        Given format = options.known().get(Option.FORMAT);
        if (format != null) form(format.value(), body.putObject(FORM));
        Given user = options.known().get(Option.USER);
        if (user != null) body.set("user", user.value());
    }

    private static void form(JsonNode format, ObjectNode to) {
        if (format.isString()) {
            to.put("type", "json_object");
            return;
        }
        to.put("type", "json_schema");
        ObjectNode schema = to.putObject("json_schema");
        schema.put("name", "answer");
        schema.set("schema", format);
    }
}
