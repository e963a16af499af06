// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Given;
import io.intramuros.gateway.chat.Option;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.dialect.OptionNames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of Ollama's API under its names, and those of the runner, which are no caller's to choose. */
final class OllamaOptions {
    /** Another value of one of these loads the model anew, for everybody. They are pinned for each model. */
    private static final Set<String> RUNNER = Set.of(
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "use_mmap",
            "use_mlock",
            "num_thread",
            "numa",
            "low_vram",
            "vocab_only",
            "draft_num_predict");

    private static final Map<String, Option> NAMES = Map.of(
            "temperature", Option.TEMPERATURE,
            "top_p", Option.TOP_P,
            "top_k", Option.TOP_K,
            "min_p", Option.MIN_P,
            "seed", Option.SEED,
            "stop", Option.STOP,
            "presence_penalty", Option.PRESENCE_PENALTY,
            "frequency_penalty", Option.FREQUENCY_PENALTY,
            "repeat_penalty", Option.REPEAT_PENALTY);

    private static final OptionNames TABLE = new OptionNames(NAMES, elsewhere());

    /** Beside the options: what is read elsewhere, and what is the node's own. */
    private static final OptionNames AROUND = new OptionNames(
            Map.of(),
            Set.of(
                    "model",
                    "messages",
                    "prompt",
                    "suffix",
                    "system",
                    "raw",
                    "input",
                    "tools",
                    "stream",
                    "options",
                    "format",
                    "think",
                    "keep_alive",
                    "truncate",
                    "shift",
                    // ollama4j sends it with every chat, to itself: no server has ever known it
                    "useTools"));

    private OllamaOptions() {}

    private static Set<String> elsewhere() {
        Set<String> names = new HashSet<>(RUNNER);
        names.add("num_predict");
        return names;
    }

    /** The options of a request. */
    static Options read(ObjectNode body) {
        OptionNames.Taken taken = AROUND.read(body, "", new OptionNames.Taken());
        if (body.path("options") instanceof ObjectNode options) TABLE.read(options, "options.", taken);
        JsonNode format = body.path("format");
        if (format.isObject() || format.asString("").equals("json")) taken.with(Option.FORMAT, "format", format);
        JsonNode think = body.path("think");
        if (think.isString()) taken.with(Option.EFFORT, "think", think);
        if (think.isBoolean())
            taken.with(Option.EFFORT, "think", StrictJson.string(think.booleanValue() ? "medium" : "none"));
        return taken.options();
    }

    /** Writes options, and those of the runner, into a body. */
    static void write(Options options, ObjectNode body, Exchange exchange) throws InexpressibleException {
        ObjectNode to = body.putObject("options");
        TABLE.write(options, to, Set.of(Option.FORMAT, Option.EFFORT, Option.PARALLEL_CALLS, Option.USER));
        Given parallel = options.known().get(Option.PARALLEL_CALLS);
        if (parallel != null && !parallel.value().asBoolean(true))
            throw new InexpressibleException(parallel.field(), "cannot be kept to by the node of this model");
        Given format = options.known().get(Option.FORMAT);
        if (format != null) body.set("format", format.value());
        Given effort = options.known().get(Option.EFFORT);
        if (effort != null) body.set("think", think(effort));
        pin(body, exchange);
    }

    /** Ollama's own adapter for the OpenAI API maps efforts the same way. */
    private static JsonNode think(Given effort) {
        return switch (effort.value().asString("")) {
            case "none" -> StrictJson.truth(false);
            case "minimal" -> StrictJson.string("low");
            case "xhigh" -> StrictJson.string("max");
            default -> effort.value();
        };
    }

    /** Puts the runner's options of the model in place of a caller's, and the cap, without which nothing ends. */
    static void pin(ObjectNode body, Exchange exchange) {
        ObjectNode options = body.withObject("options");
        RUNNER.forEach(options::remove);
        options.put("num_ctx", exchange.found().model.get().context());
        if (exchange.found().request.get().operation().writes()) options.put("num_predict", exchange.outputCap());
        // When a model is unloaded concerns everybody who uses it.
        body.remove("keep_alive");
    }
}
