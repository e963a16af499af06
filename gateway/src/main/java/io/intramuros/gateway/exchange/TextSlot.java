// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a body that holds text a person or a model wrote. It reads and writes the tree in place.
 *
 * @param pointer its JSON Pointer (RFC 6901); the names in it may be a caller's text, so it goes into no log
 * @param form how the text stands there
 * @param parent the object or array that holds it
 * @param key its name in an object, its index in an array
 */
public record TextSlot(String pointer, Form form, JsonNode parent, String key) {
    /** How a text stands in the tree. */
    public enum Form {
        /** A string. */
        TEXT,
        /** A string that holds JSON, as the arguments of a tool call. */
        JSON,
        /** A number long enough to be an identifier. */
        NUMBER,
        /** The name of a member. */
        NAME
    }

    /** The text as it stands now. */
    public String text() {
        if (form == Form.NAME) return key;
        JsonNode value = parent instanceof ObjectNode object ? object.get(key) : parent.get(Integer.parseInt(key));
        return value.isString() ? value.stringValue() : value.asString();
    }

    /** Puts {@code text} there, as a string. A name is put in the place of the old one, and keeps its value. */
    public void replace(String text) {
        switch (parent) {
            case ObjectNode object when form == Form.NAME -> rename(object, text);
            case ObjectNode object -> object.put(key, text);
            case ArrayNode array -> array.set(Integer.parseInt(key), JsonNodeFactory.instance.stringNode(text));
            default -> throw new IllegalStateException("parent: " + parent.getNodeType() + " (expected: a container)");
        }
    }

    /** Two names may become the same one, as two spellings of an address do; neither value may be lost for that. */
    private void rename(ObjectNode object, String name) {
        JsonNode value = object.remove(key);
        String free = name;
        for (int copy = 2; object.has(free); copy++) free = name + " (" + copy + ")";
        object.set(free, value);
    }

    @Override
    public String toString() {
        return "TextSlot[" + form + "]";
    }
}
