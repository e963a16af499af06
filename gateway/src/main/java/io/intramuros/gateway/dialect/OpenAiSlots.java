// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.exchange.TextSlot.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the text slots of an OpenAI request. Every string is a slot, also in fields that nobody knows, unless the
 * protocol says that it is none: a role, a type, the model's name, a call's id. So a new field of the protocol is
 * examined before we have heard of it.
 */
final class OpenAiSlots {
    /** Words of the protocol, where they stand as they must; anything else in these fields is a slot. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            "role", Set.of("system", "developer", "user", "assistant", "tool", "function"),
            "type",
                    Set.of(
                            "text",
                            "function",
                            "custom",
                            "json_object",
                            "json_schema",
                            "object",
                            "string",
                            "number",
                            "integer",
                            "boolean",
                            "array",
                            "null",
                            "refusal",
                            "auto"),
            "tool_choice", Set.of("none", "auto", "required"),
            "reasoning_effort", Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max"),
            "verbosity", Set.of("low", "medium", "high"),
            "service_tier", Set.of("auto", "default", "flex", "priority"),
            "encoding_format", Set.of("float", "base64"));

    /** Ids that nodes and client libraries mint for tool calls: a known prefix and no way to hold a sentence. */
    private static final Pattern CALL_ID = Pattern.compile("(?:call|toolu|fc|chatcmpl-tool)[_-][A-Za-z0-9]{8,64}");

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$-]{0,63}");
    private static final int ID_DIGITS = 7;

    private final List<TextSlot> slots = new ArrayList<>();

    private OpenAiSlots() {}

    static List<TextSlot> of(ObjectNode body) {
        OpenAiSlots walk = new OpenAiSlots();
        walk.members(body, "");
        return List.copyOf(walk.slots);
    }

    private void members(ObjectNode object, String at) {
        // Members are renamed in the order of the slots, so names come last.
        List<TextSlot> names = new ArrayList<>();
        for (var member : object.properties()) {
            String pointer = at + "/" + escape(member.getKey());
            value(object, member.getKey(), member.getValue(), pointer);
            if (!IDENTIFIER.matcher(member.getKey()).matches())
                names.add(new TextSlot(pointer, Form.NAME, object, member.getKey()));
        }
        slots.addAll(names);
    }

    private void value(JsonNode parent, String key, JsonNode value, String pointer) {
        switch (value) {
            case ObjectNode object -> members(object, pointer);
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++)
                    value(array, Integer.toString(i), array.get(i), pointer + "/" + i);
            }
            default -> leaf(parent, key, value, pointer);
        }
    }

    private void leaf(JsonNode parent, String key, JsonNode value, String pointer) {
        if (value.isString()) {
            if (!isProtocol(key, value.stringValue(), pointer))
                slots.add(new TextSlot(pointer, isArguments(key, pointer) ? Form.JSON : Form.TEXT, parent, key));
        } else if (value.isNumber()
                && value.asString().chars().filter(Character::isDigit).count() >= ID_DIGITS
                && !pointer.equals("/seed")) {
            slots.add(new TextSlot(pointer, Form.NUMBER, parent, key));
        }
    }

    private static boolean isProtocol(String key, String value, String pointer) {
        if (pointer.equals("/model")) return true;
        if (key.equals("id") || key.equals("tool_call_id"))
            return CALL_ID.matcher(value).matches();
        if (key.equals("name") && pointer.endsWith("/function/name")) return isToolName(value);
        Set<String> words = WORDS.get(key);
        return words != null && words.contains(value);
    }

    /** A name that nodes accept for a tool and that is no number in disguise. */
    private static boolean isToolName(String value) {
        return IDENTIFIER.matcher(value).matches()
                && value.chars().filter(Character::isDigit).count() < ID_DIGITS;
    }

    private static boolean isArguments(String key, String pointer) {
        return key.equals("arguments") && (pointer.contains("/function/") || pointer.contains("/function_call/"));
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
