// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.Callable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. */
final class OfferReader {
    private static final int MOST_TOOLS = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final String CHOICE = "tool_choice";

    private final Fields body;

    private OfferReader(Fields body) {
        this.body = body;
    }

    /** What a choice comes to. */
    private sealed interface Choice {
        record Free() implements Choice {}

        record None() implements Choice {}

        record Any() implements Choice {}

        record Named(String name) implements Choice {}
    }

    /** A function, as it is told and as it may be called. */
    private record Tool(JsonNode told, String name, JsonNode parameters, boolean strict, String path) {
        Callable callable(boolean forced) {
            return new Callable(name, parameters, forced || strict, strict, path);
        }
    }

    static Offer read(Fields body) throws RefusedException {
        return new OfferReader(body).read();
    }

    private Offer read() throws RefusedException {
        for (String older : List.of("functions", "function_call")) {
            Optional<JsonNode> node = body.node(older);
            if (node.isPresent() && !List.of("auto", "none").contains(node.get().asString(""))) {
                throw body.unsupported(older, "the older form is not offered by this node (expected: tools)");
            }
        }
        List<Tool> tools = tools();
        Choice choice = choice();
        boolean several = body.node("parallel_tool_calls").isEmpty() || body.flag("parallel_tool_calls");
        return offer(tools, choice, several);
    }

    private Offer offer(List<Tool> tools, Choice choice, boolean several) throws RefusedException {
        List<JsonNode> told = tools.stream().map(Tool::told).toList();
        boolean must = choice instanceof Choice.Any || choice instanceof Choice.Named;
        if (tools.isEmpty() && must) {
            throw body.refused(CHOICE, "only with tools");
        }
        return switch (choice) {
            case Choice.None _ -> Offer.NONE;
            case Choice.Free _ -> new Offer(told, callable(tools, false), false, several);
            case Choice.Any _ -> new Offer(told, callable(tools, true), true, several);
            case Choice.Named(String name) -> {
                List<Tool> one =
                        tools.stream().filter(tool -> tool.name.equals(name)).toList();
                if (one.isEmpty()) {
                    throw body.refused(CHOICE + ".function.name", "none of the tools");
                }
                yield new Offer(told, callable(one, true), true, false);
            }
        };
    }

    private static List<Callable> callable(List<Tool> tools, boolean forced) {
        return tools.stream().map(tool -> tool.callable(forced)).toList();
    }

    private List<Tool> tools() throws RefusedException {
        Optional<JsonNode> node = body.node("tools");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray() || node.get().size() > MOST_TOOLS) {
            throw body.refused("tools", "not an array of at most " + MOST_TOOLS);
        }
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode item : node.get()) {
            Tool tool = tool(item, "tools[" + tools.size() + "]");
            if (!names.add(tool.name)) {
                throw body.refused("tools[" + tools.size() + "].function.name", "there before");
            }
            tools.add(tool);
        }
        return tools;
    }

    private static Tool tool(JsonNode item, String path) throws RefusedException {
        Fields fields = Fields.of(item, path);
        if (!fields.text("type").equals("function")) {
            throw fields.unsupported("type", "only functions are offered by this node (expected: function)");
        }
        Fields function = Fields.of(fields.required("function"), fields.path("function"));
        String name = function.text("name");
        if (!NAME.matcher(name).matches()) {
            throw function.refused("name", "not 1 to 128 of A-Z, a-z, 0-9, _, . and -");
        }
        function.optionalText("description");
        Optional<JsonNode> parameters = function.node("parameters");
        if (parameters.isPresent() && !parameters.get().isObject()) {
            throw function.refused("parameters", "not an object");
        }
        JsonNode schema = parameters.filter(node -> !node.isEmpty()).orElseGet(OfferReader::nothing);
        return new Tool(item, name, schema, function.flag("strict"), function.path("parameters"));
    }

    /** A function without parameters takes none. */
    private static JsonNode nothing() {
        return Json.object().put("type", "object").put("additionalProperties", false);
    }

    private Choice choice() throws RefusedException {
        Optional<JsonNode> node = body.node(CHOICE);
        if (node.isEmpty()) {
            return new Choice.Free();
        }
        if (!node.get().isString()) {
            return named(Fields.of(node.get(), CHOICE));
        }
        return switch (node.get().stringValue()) {
            case "auto" -> new Choice.Free();
            case "none" -> new Choice.None();
            case "required" -> new Choice.Any();
            default -> throw body.refused(CHOICE, "not a known choice (expected: auto, none, required or a function)");
        };
    }

    private static Choice named(Fields fields) throws RefusedException {
        if (!fields.text("type").equals("function")) {
            throw fields.unsupported("type", "not offered by this node (expected: function)");
        }
        return new Choice.Named(
                Fields.of(fields.required("function"), fields.path("function")).text("name"));
    }
}
