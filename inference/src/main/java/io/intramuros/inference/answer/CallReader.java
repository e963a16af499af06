// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import io.intramuros.inference.text.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what stands between the marks of calls. What is no call gives none. */
final class CallReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern FUNCTION =
            Pattern.compile("\\s*<function=([^>\\s]{1,200})>(.*?)</function>", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("<parameter=([^>\\s]{1,200})>\\n?(.*?)\\n?</parameter>", Pattern.DOTALL);
    private static final String ARGUMENTS = "[ARGS]";

    private final CallFormat format;
    private final Map<String, JsonNode> tools;
    private final Supplier<String> ids;

    /**
     * Makes one.
     *
     * @param tools the parameters' JSON schema of each function, by its name
     * @param ids gives each call a name of its own
     */
    CallReader(CallFormat format, Map<String, JsonNode> tools, Supplier<String> ids) {
        this.format = format;
        this.tools = tools;
        this.ids = ids;
    }

    /** The calls of one payload; none where it cannot be read whole. */
    List<ToolCall> read(String payload) {
        return switch (format) {
            case PARAMETERS -> payload.contains("<function=") ? functions(payload) : json(payload);
            case MISTRAL -> payload.contains(ARGUMENTS) ? named(payload) : json(payload);
            default -> json(payload);
        };
    }

    private List<ToolCall> json(String payload) {
        Optional<JsonNode> root = parsed(payload.strip());
        if (root.isEmpty()) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode node : root.get().isArray() ? root.get() : List.of(root.get())) {
            Optional<ToolCall> call = call(node);
            if (call.isEmpty()) {
                return List.of();
            }
            calls.add(call.get());
        }
        return calls;
    }

    private Optional<ToolCall> call(JsonNode node) {
        JsonNode function = node.path("function").isObject() ? node.path("function") : node;
        String name = function.path("name").asString("");
        JsonNode arguments = function.path(function.has("arguments") ? "arguments" : "parameters");
        boolean known = !name.isEmpty() && (format != CallFormat.BARE || tools.containsKey(name));
        if (!known) {
            return Optional.empty();
        }
        if (arguments.isString()) {
            return Optional.of(call(name, arguments.stringValue()));
        }
        boolean none = arguments.isMissingNode() || arguments.isNull();
        return arguments.isObject() || none
                ? Optional.of(call(name, none ? "{}" : arguments.toString()))
                : Optional.empty();
    }

    /** Calls one after the other, each a name, a mark and its arguments. */
    private List<ToolCall> named(String payload) {
        List<ToolCall> calls = new ArrayList<>();
        for (String one : payload.split(Pattern.quote(format.open()), -1)) {
            int mark = one.indexOf(ARGUMENTS);
            Optional<JsonNode> arguments = mark < 1
                    ? Optional.empty()
                    : parsed(one.substring(mark + ARGUMENTS.length()).strip());
            if (arguments.isEmpty() || !arguments.get().isObject()) {
                return List.of();
            }
            calls.add(call(one.substring(0, mark).strip(), arguments.get().toString()));
        }
        return calls;
    }

    private List<ToolCall> functions(String payload) {
        List<ToolCall> calls = new ArrayList<>();
        Matcher function = FUNCTION.matcher(payload);
        while (function.find()) {
            ObjectNode arguments = JSON.createObjectNode();
            JsonNode schema = tools.getOrDefault(function.group(1), JSON.createObjectNode());
            Matcher parameter = PARAMETER.matcher(function.group(2));
            while (parameter.find()) {
                JsonNode type =
                        schema.path("properties").path(parameter.group(1)).path("type");
                arguments.set(parameter.group(1), value(parameter.group(2), type));
            }
            calls.add(call(function.group(1), arguments.toString()));
        }
        return calls;
    }

    /** A value as its schema wants it: text stays text, all else is JSON where it can be. */
    private static JsonNode value(String text, JsonNode type) {
        Optional<JsonNode> node = type.asString("string").equals("string") ? Optional.empty() : parsed(text.strip());
        return node.orElseGet(() -> JSON.getNodeFactory().stringNode(text));
    }

    private ToolCall call(String name, String arguments) {
        return new ToolCall(ids.get(), name, arguments);
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(JSON.readTree(json)).filter(node -> !node.isMissingNode());
        } catch (JacksonException _) {
            return Optional.empty(); // what a model writes need not be JSON
        }
    }
}
