// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes grammars of JSON schemas (draft 2020-12). Objects are written with their properties in the schema's order, and
 * with others only where none are named. A keyword that would restrict the text and that a grammar cannot hold to is
 * refused by name: an answer that breaks the schema is worse than none.
 */
public final class JsonSchemas {
    private static final int MOST_RULES = 5_000;
    private static final int DEEPEST = 64;
    private static final int LONGEST = 10_000;

    /* They say something of a value, and restrict nothing. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$comment",
            "$schema",
            "$id",
            "$defs",
            "definitions",
            "format");

    private static final Set<String> KNOWN = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "anyOf",
            "oneOf",
            "allOf",
            "$ref");

    private final JsonNode root;
    private final RuleBook book;
    private final int before;
    private final Map<String, Integer> references = new HashMap<>();

    private JsonSchemas(JsonNode root, RuleBook book) {
        this.root = root;
        this.book = book;
        this.before = book.size();
    }

    /** Any JSON object. */
    public static Grammar anyObject() {
        var book = new RuleBook();
        Rule object = book.anyObject();
        return new Grammar(object, book.rules());
    }

    /** What satisfies a schema. */
    public static Grammar of(JsonNode schema) throws UnsupportedSchemaException {
        var book = new RuleBook();
        Rule first = rule(schema, book);
        return new Grammar(first, book.rules());
    }

    /** The same as a rule of a larger grammar. */
    static Rule rule(JsonNode schema, RuleBook book) throws UnsupportedSchemaException {
        Rule first = new Rule.Reference(new JsonSchemas(schema, book).reference("#", ""));
        if (!Endings.mayEnd(first, book.rules())) {
            throw new UnsupportedSchemaException("", "nothing of finite length satisfies it");
        }
        return first;
    }

    /** The rule of a schema at a place of the document; made once, also where it contains itself. */
    private int reference(String pointer, String path) throws UnsupportedSchemaException {
        Integer known = references.get(pointer);
        if (known != null) {
            return known;
        }
        if (!pointer.startsWith("#")) {
            throw new UnsupportedSchemaException(path, "a reference out of the schema");
        }
        JsonNode target = pointer.equals("#") ? root : root.at(pointer.substring(1));
        if (target.isMissingNode()) {
            throw new UnsupportedSchemaException(path, "a reference to what is not there");
        }
        int number = book.reserve();
        references.put(pointer, number);
        book.set(number, value(target, path, 0));
        return number;
    }

    private Rule value(JsonNode schema, String path, int depth) throws UnsupportedSchemaException {
        if (depth > DEEPEST || book.size() - before > MOST_RULES) {
            throw new UnsupportedSchemaException(path, "too large or too deep");
        }
        if (schema.isBoolean() && schema.booleanValue()) {
            return book.anyValue();
        }
        if (!schema.isObject()) {
            throw new UnsupportedSchemaException(path, "not an object");
        }
        refuseUnknown(schema, path);
        for (String name : List.of("$ref", "allOf", "anyOf", "oneOf", "enum", "const")) {
            if (schema.has(name)) {
                refuseBeside(schema, name, path);
                return special(schema, name, path, depth);
            }
        }
        return typed(schema, path, depth);
    }

    private Rule special(JsonNode schema, String name, String path, int depth) throws UnsupportedSchemaException {
        JsonNode node = schema.get(name);
        String at = child(path, name);
        return switch (name) {
            case "$ref" -> new Rule.Reference(reference(node.asString(""), at));
            case "const" -> JsonRules.literal(node.toString());
            case "enum" -> {
                List<Rule> options = new ArrayList<>();
                for (JsonNode option : array(node, at)) {
                    options.add(JsonRules.literal(option.toString()));
                }
                yield new Rule.Choice(options);
            }
            case "allOf" -> {
                if (array(node, at).size() != 1) {
                    throw new UnsupportedSchemaException(at, "more than one part is not supported");
                }
                yield value(node.get(0), child(at, "0"), depth + 1);
            }
            default -> {
                List<Rule> options = new ArrayList<>();
                for (JsonNode option : array(node, at)) {
                    options.add(value(option, child(at, Integer.toString(options.size())), depth + 1));
                }
                yield new Rule.Choice(options);
            }
        };
    }

    private Rule typed(JsonNode schema, String path, int depth) throws UnsupportedSchemaException {
        JsonNode type = schema.get("type");
        if (type == null) {
            if (schema.has("properties")) {
                return object(schema, path, depth);
            }
            if (schema.has("items")) {
                return items(schema, path, depth);
            }
            refuseBeside(schema, "", path);
            return book.anyValue();
        }
        List<Rule> options = new ArrayList<>();
        for (JsonNode one : type.isArray() ? type : List.of(type)) {
            options.add(oneType(one.asString(""), schema, path, depth));
        }
        if (options.isEmpty()) {
            throw new UnsupportedSchemaException(child(path, "type"), "no type");
        }
        return options.size() == 1 ? options.getFirst() : new Rule.Choice(options);
    }

    private Rule oneType(String type, JsonNode schema, String path, int depth) throws UnsupportedSchemaException {
        return switch (type) {
            case "object" -> object(schema, path, depth);
            case "array" -> items(schema, path, depth);
            case "string" -> string(schema, path);
            case "integer" -> book.number(IntegerBounds.rule(schema, path));
            case "number" -> IntegerBounds.unbounded(schema, path);
            case "boolean" -> JsonRules.BOOLEAN;
            case "null" -> JsonRules.NULL;
            default ->
                throw new UnsupportedSchemaException(
                        child(path, "type"),
                        "not a type (expected: object, array, string, number, integer, boolean, null)");
        };
    }

    private Rule string(JsonNode schema, String path) throws UnsupportedSchemaException {
        JsonNode pattern = schema.get("pattern");
        if (pattern == null) {
            return JsonRules.string(number(schema, "minLength", 0, path), number(schema, "maxLength", -1, path));
        }
        for (String length : List.of("minLength", "maxLength")) {
            if (schema.has(length)) {
                throw new UnsupportedSchemaException(child(path, length), "not supported together with pattern");
            }
        }
        if (!pattern.isString()) {
            throw new UnsupportedSchemaException(child(path, "pattern"), "not a string");
        }
        return Patterns.string(pattern.stringValue(), child(path, "pattern"), book);
    }

    private Rule items(JsonNode schema, String path, int depth) throws UnsupportedSchemaException {
        JsonNode items = schema.get("items");
        Rule item = items == null ? book.anyValue() : value(items, child(path, "items"), depth + 1);
        int least = number(schema, "minItems", 0, path);
        return JsonRules.list("[", item, least, number(schema, "maxItems", -1, path), "]");
    }

    private Rule object(JsonNode schema, String path, int depth) throws UnsupportedSchemaException {
        JsonNode properties = schema.path("properties");
        Set<String> required = new HashSet<>();
        for (JsonNode name : schema.path("required")) {
            required.add(name.asString(""));
        }
        if (properties.isEmpty()) {
            JsonNode others = schema.get("additionalProperties");
            boolean none = others != null && others.isBoolean() && !others.booleanValue();
            if (!required.isEmpty()) {
                throw new UnsupportedSchemaException(child(path, "required"), "a property that is not described");
            }
            Rule value = others == null || none
                    ? book.anyValue()
                    : value(others, child(path, "additionalProperties"), depth + 1);
            Rule entry = Rule.sequence(JsonRules.STRING, JsonRules.literal(":"), JsonRules.BLANK, value);
            return JsonRules.list("{", entry, 0, none ? 0 : -1, "}");
        }
        List<Rule> entries = new ArrayList<>();
        List<Boolean> needed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String at = child(child(path, "properties"), property.getKey());
            String key = JsonMapper.shared().writeValueAsString(property.getKey());
            Rule value = value(property.getValue(), at, depth + 1);
            entries.add(Rule.sequence(
                    JsonRules.literal(key), JsonRules.literal(":"), JsonRules.BLANK, value, JsonRules.BLANK));
            needed.add(required.remove(property.getKey()));
        }
        if (!required.isEmpty()) {
            throw new UnsupportedSchemaException(child(path, "required"), "a property that is not described");
        }
        return Rule.sequence(JsonRules.literal("{"), JsonRules.BLANK, members(entries, needed), JsonRules.literal("}"));
    }

    /** The members from each on, last first: with a comma before where another came, without where none did. */
    private Rule members(List<Rule> entries, List<Boolean> needed) {
        Rule afterNone = Rule.NOTHING;
        Rule afterSome = Rule.NOTHING;
        Rule comma = Rule.sequence(JsonRules.literal(","), JsonRules.BLANK);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Rule some = book.number(afterSome);
            Rule with = Rule.sequence(entries.get(i), some);
            afterNone = needed.get(i) ? with : Rule.choice(with, book.number(afterNone));
            Rule withComma = Rule.sequence(comma, entries.get(i), some);
            afterSome = needed.get(i) ? withComma : Rule.choice(withComma, some);
        }
        return afterNone;
    }

    private static void refuseUnknown(JsonNode schema, String path) throws UnsupportedSchemaException {
        for (String name : schema.propertyNames()) {
            if (!KNOWN.contains(name) && !ANNOTATIONS.contains(name)) {
                throw new UnsupportedSchemaException(child(path, name), "this keyword is not supported");
            }
        }
    }

    /** Refuses what stands beside a keyword that says all by itself; a type beside an enumeration says nothing new. */
    private static void refuseBeside(JsonNode schema, String name, String path) throws UnsupportedSchemaException {
        for (String other : schema.propertyNames()) {
            boolean harmless = ANNOTATIONS.contains(other) || other.equals(name);
            boolean type = other.equals("type") && (name.equals("enum") || name.equals("const"));
            if (!harmless && !type) {
                throw new UnsupportedSchemaException(
                        child(path, other), "not supported together with " + (name.isEmpty() ? "no type" : name));
            }
        }
    }

    private static JsonNode array(JsonNode node, String path) throws UnsupportedSchemaException {
        if (!node.isArray() || node.isEmpty()) {
            throw new UnsupportedSchemaException(path, "not an array of at least one");
        }
        return node;
    }

    private static int number(JsonNode schema, String name, int absent, String path) throws UnsupportedSchemaException {
        JsonNode node = schema.get(name);
        if (node == null) {
            return absent;
        }
        if (!node.isIntegralNumber() || node.longValue() < 0 || node.longValue() > LONGEST) {
            throw new UnsupportedSchemaException(child(path, name), "not a whole number from 0 to " + LONGEST);
        }
        return node.intValue();
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
