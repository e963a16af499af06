// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object by name and kind, and refuses by path what is of the wrong kind. A field that is
 * null counts as absent.
 */
final class Fields {
    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The fields of a node that must be an object; {@code path} is empty for the body itself. */
    static Fields of(JsonNode node, String path) throws RefusedException {
        if (!node.isObject()) {
            throw new RefusedException(ApiError.field(path.isEmpty() ? "body" : path, "not an object"));
        }
        return new Fields(node, path.isEmpty() ? "" : path + ".");
    }

    String path(String name) {
        return path + name;
    }

    /** The field's node, where it is there and not null. */
    Optional<JsonNode> node(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    JsonNode required(String name) throws RefusedException {
        return node(name).orElseThrow(() -> refused(name, "missing"));
    }

    String text(String name) throws RefusedException {
        return string(name, required(name));
    }

    Optional<String> optionalText(String name) throws RefusedException {
        Optional<JsonNode> node = node(name);
        return node.isEmpty() ? Optional.empty() : Optional.of(string(name, node.get()));
    }

    boolean flag(String name) throws RefusedException {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw refused(name, "not true or false");
        }
        return node.isPresent() && node.get().booleanValue();
    }

    OptionalInt positive(String name) throws RefusedException {
        OptionalLong value = whole(name);
        if (value.isPresent() && (value.getAsLong() < 1 || value.getAsLong() > Integer.MAX_VALUE)) {
            throw refused(name, "not from 1 to " + Integer.MAX_VALUE);
        }
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong whole(String name) throws RefusedException {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!node.get().isIntegralNumber() || !node.get().canConvertToLong()) {
            throw refused(name, "not a whole number");
        }
        return OptionalLong.of(node.get().longValue());
    }

    OptionalDouble number(String name) throws RefusedException {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isNumber()) {
            throw refused(name, "not a number");
        }
        return node.isPresent() ? OptionalDouble.of(node.get().doubleValue()) : OptionalDouble.empty();
    }

    /** A string, or an array of strings; empty where the field is absent. */
    List<String> texts(String name) throws RefusedException {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            return List.of(string(name, node.get()));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.get()) {
            texts.add(string(name + "[" + texts.size() + "]", item));
        }
        return texts;
    }

    RefusedException refused(String name, String message) {
        return new RefusedException(ApiError.field(path(name), message));
    }

    RefusedException unsupported(String name, String message) {
        return new RefusedException(ApiError.unsupported(path(name), message));
    }

    private String string(String name, JsonNode node) throws RefusedException {
        if (!node.isString()) {
            throw refused(name, "not a string");
        }
        return node.stringValue();
    }
}
