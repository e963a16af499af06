// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a body, read strictly: a field that nobody asked for is an error. */
final class Fields {
    private static final int MOST_CHARS = 400;
    private static final int MOST_ELEMENTS = 1_000;

    private final ObjectNode object;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Of a body, which must be one JSON object. */
    static Fields of(byte @Nullable [] body) {
        return switch (StrictJson.read(body == null ? new byte[0] : body)) {
            case StrictJson.Parsed.Tree(ObjectNode root) -> new Fields(root, "");
            case StrictJson.Parsed.Wrong(String why) -> throw new AdminError(400, "invalid_json", why);
        };
    }

    String text(String name) {
        return maybeText(name).orElseThrow(() -> fault(name, "missing", "a text"));
    }

    Optional<String> maybeText(String name) {
        return maybeText(name, MOST_CHARS);
    }

    Optional<String> maybeText(String name, int mostChars) {
        JsonNode value = value(name);
        if (value == null) return Optional.empty();
        if (!value.isString()) throw fault(name, "no text", "a text");
        if (value.stringValue().length() > mostChars)
            throw fault(name, value.stringValue().length() + " characters", "at most " + mostChars);
        return Optional.of(value.stringValue());
    }

    Optional<BigDecimal> maybeNumber(String name) {
        JsonNode value = value(name);
        if (value == null) return Optional.empty();
        if (!value.isNumber()) throw fault(name, "no number", "a number");
        return Optional.of(value.decimalValue());
    }

    BigDecimal number(String name) {
        return maybeNumber(name).orElseThrow(() -> fault(name, "missing", "a number"));
    }

    Optional<List<String>> maybeTexts(String name) {
        JsonNode value = value(name);
        if (value == null) return Optional.empty();
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name, value)) {
            if (!element.isString() || element.stringValue().length() > MOST_CHARS)
                throw fault(name, "an element that is no short text", "a list of texts");
            texts.add(element.stringValue());
        }
        return Optional.of(texts);
    }

    List<Fields> objects(String name) {
        JsonNode value = value(name);
        if (value == null) throw fault(name, "missing", "a list of objects");
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name, value)) {
            if (!(element instanceof ObjectNode one)) throw fault(name, "an element that is none", "a list of objects");
            objects.add(new Fields(one, path + name + "[" + objects.size() + "]."));
        }
        return objects;
    }

    /** Refuses what was not asked for. */
    void done() {
        Set<String> known = new TreeSet<>(asked);
        for (String name : object.propertyNames())
            if (!known.contains(name))
                throw AdminError.invalid((path.isEmpty() ? "the body" : path.substring(0, path.length() - 1))
                        + ": a field that is not known (expected: " + String.join(", ", known) + ")");
    }

    /** The error of a field. */
    AdminError fault(String name, String is, String expected) {
        return AdminError.invalid(path + name + ": " + is + " (expected: " + expected + ")");
    }

    private List<JsonNode> elements(String name, JsonNode value) {
        if (!value.isArray()) throw fault(name, "no list", "a list");
        if (value.size() > MOST_ELEMENTS) throw fault(name, value.size() + " elements", "at most " + MOST_ELEMENTS);
        return value.valueStream().toList();
    }

    private @Nullable JsonNode value(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
