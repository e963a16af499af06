// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.exchange.TextSlot.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the text slots of a request. Every string is a slot, also in fields that nobody knows, unless the protocol says
 * that it is none: a role, a type, the model's name, a call's id. So a new field of a protocol is examined before we
 * have heard of it.
 */
public final class Slots {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$-]{0,63}");
    private static final int ID_DIGITS = 7;

    /** Ids that nodes and client libraries mint for tool calls: a known prefix and no way to hold a sentence. */
    private static final Pattern CALL_ID =
            Pattern.compile("(?:call|toolu|fc|chatcmpl-tool|msg|rs)[_-][A-Za-z0-9]{8,64}");

    private final Protocol protocol;
    private final List<TextSlot> slots = new ArrayList<>();

    private Slots(Protocol protocol) {
        this.protocol = protocol;
    }

    /** What a protocol says of its own words. */
    public interface Protocol {
        /** Whether this string is a word of the protocol in its place, and so no slot. */
        boolean isWord(String key, String value, String pointer);

        /** Whether the string there holds JSON, as the arguments of a tool call do. */
        boolean isJson(String key, String pointer);
    }

    /** The slots of a body. */
    public static List<TextSlot> of(ObjectNode body, Protocol protocol) {
        Slots walk = new Slots(protocol);
        walk.members(body, "");
        return List.copyOf(walk.slots);
    }

    /** Whether a name is one that nodes accept for a tool, and no number in disguise. */
    public static boolean isToolName(String value) {
        return IDENTIFIER.matcher(value).matches()
                && value.chars().filter(Character::isDigit).count() < ID_DIGITS;
    }

    /** Whether an id is one of a tool call. */
    public static boolean isCallId(String value) {
        return CALL_ID.matcher(value).matches();
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
            if (!protocol.isWord(key, value.stringValue(), pointer))
                slots.add(new TextSlot(pointer, protocol.isJson(key, pointer) ? Form.JSON : Form.TEXT, parent, key));
        } else if (value.isNumber()
                && value.asString().chars().filter(Character::isDigit).count() >= ID_DIGITS
                && !pointer.equals("/seed")
                && !pointer.equals("/options/seed")) {
            slots.add(new TextSlot(pointer, Form.NUMBER, parent, key));
        }
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
