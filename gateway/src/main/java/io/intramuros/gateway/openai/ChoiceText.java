// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.TextSlot.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of one choice of a stream: each string of its deltas, and the arguments of each of its tool calls. */
final class ChoiceText {
    private final AnswerText.Filters filters;
    private final Map<String, AnswerText> strings = new LinkedHashMap<>();
    private final Map<Integer, AnswerText> arguments = new TreeMap<>();

    ChoiceText(AnswerText.Filters filters) {
        this.filters = filters;
    }

    /**
     * Rewrites a delta in place.
     *
     * @return whether it still says something
     */
    boolean rewrite(ObjectNode delta) {
        boolean says = false;
        for (String name : delta.propertyNames().stream().toList()) {
            JsonNode value = delta.get(name);
            if (name.equals("role")) {
                says = true;
            } else if (value.isString()) {
                says |= string(delta, name, value.stringValue());
            } else if (name.equals("tool_calls") && value instanceof ArrayNode calls) {
                for (JsonNode call : calls) says |= call instanceof ObjectNode object && call(object);
            } else if (name.equals("function_call") && value instanceof ObjectNode function) {
                says |= function(function, -1);
            } else {
                says |= !value.isNull();
            }
        }
        return says;
    }

    private boolean string(ObjectNode delta, String name, String piece) {
        String out = strings.computeIfAbsent(name, _ -> filters.open(Form.TEXT)).accept(piece);
        delta.put(name, out);
        return !out.isEmpty();
    }

    private boolean call(ObjectNode call) {
        boolean says = call.has("id");
        if (!(call.get("function") instanceof ObjectNode function)) return says;
        boolean more = function(function, call.path("index").asInt(0));
        return says || more;
    }

    private boolean function(ObjectNode function, int index) {
        boolean says = function.has("name");
        JsonNode piece = function.path("arguments");
        if (!piece.isString()) return says;
        String out =
                arguments.computeIfAbsent(index, _ -> filters.open(Form.JSON)).accept(piece.stringValue());
        function.put("arguments", out);
        return says || !out.isEmpty();
    }

    /** What is still held back, as a delta; an empty object where nothing is. */
    ObjectNode rest() {
        ObjectNode delta = StrictJson.object();
        strings.forEach((name, filter) -> {
            String rest = filter.finish();
            if (!rest.isEmpty()) delta.put(name, rest);
        });
        strings.clear();
        arguments.forEach((index, filter) -> restOf(delta, index, filter.finish()));
        arguments.clear();
        return delta;
    }

    private static void restOf(ObjectNode delta, int index, String rest) {
        if (rest.isEmpty()) return;
        if (index < 0) {
            delta.putObject("function_call").put("arguments", rest);
            return;
        }
        ObjectNode call = delta.withArray("tool_calls").addObject();
        call.put("index", index);
        call.putObject("function").put("arguments", rest);
    }
}
