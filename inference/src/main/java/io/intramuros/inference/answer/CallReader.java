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

    /** Calls one after the other, each a name, a mark and its arguments, in whose texts marks are text. */
    private List<ToolCall> named(String payload) {
        List<ToolCall> calls = new ArrayList<>();
        int at = 0;
        while (at < payload.length()) {
            int mark = payload.indexOf(ARGUMENTS, at);
            int end = mark < 0 ? -1 : objectEnd(payload, mark + ARGUMENTS.length());
            Optional<JsonNode> arguments =
                    end < 0 ? Optional.empty() : parsed(payload.substring(mark + ARGUMENTS.length(), end));
            String name = mark < 0 ? "" : payload.substring(at, mark).strip();
            boolean more = end >= 0 && payload.startsWith(format.open(), end);
            boolean last = end >= 0 && payload.substring(end).isBlank();
            if (name.isEmpty() || arguments.filter(JsonNode::isObject).isEmpty() || !(more || last)) {
                return List.of();
            }
            calls.add(call(name, arguments.get().toString()));
            at = last ? payload.length() : end + format.open().length();
        }
        return calls;
    }

    /** Where an object that begins after white space ends, or -1. */
    private static int objectEnd(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']') && --depth <= 0) {
                return depth == 0 ? i + 1 : -1;
            } else if (depth == 0 && !Character.isWhitespace(c)) {
                return -1; // no object
            }
        }
        return -1;
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
