// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes schemas by chance, and says whether a value satisfies one: by other means than the grammar. */
final class RandomSchema {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String[] TYPES = {"object", "array", "string", "integer", "number", "boolean", "null"};

    private final Random random;

    /** Each the same in Java and in ECMA 262. */
    private static final List<String> PATTERNS = List.of(
            "^[A-Z]{2}[0-9]{2}$",
            "^(red|green|blue)$",
            "^\\d{4}-\\d{2}$|^none$",
            "^[^\"\\\\]+$",
            "b",
            "^(?:a|bc)*d?$",
            "^\u00e9[^x][\u0416-\u042f]{0,3}$");

    RandomSchema(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode schema() {
        ObjectNode root = schema(0);
        if (random.nextInt(4) == 0) {
            ObjectNode tree = MAPPER.createObjectNode().put("type", "object");
            tree.putObject("properties")
                    .putObject("next")
                    .putArray("anyOf")
                    .addObject()
                    .put("$ref", "#/$defs/tree");
            ((ArrayNode) tree.at("/properties/next/anyOf")).addObject().put("type", "null");
            tree.putArray("required").add("next");
            ObjectNode outer = MAPPER.createObjectNode();
            outer.putObject("$defs").set("tree", tree);
            outer.put("type", "object").putArray("required").add("a").add("b");
            ObjectNode properties = outer.putObject("properties");
            properties.set("a", root);
            properties.putObject("b").put("$ref", "#/$defs/tree");
            return outer;
        }
        return root;
    }

    private ObjectNode schema(int depth) {
        ObjectNode schema = MAPPER.createObjectNode();
        int kind = random.nextInt(depth > 2 ? 5 : 10);
        if (kind == 0) {
            ArrayNode values = schema.putArray("enum");
            values.add("caf\u00e9 \"x\"\n").add(random.nextInt(100)).addNull();
            return schema;
        }
        if (kind == 1 && depth < 3) {
            ArrayNode options = schema.putArray("anyOf");
            options.add(schema(depth + 1)).add(schema(depth + 1));
            return schema;
        }
        String type = TYPES[kind < 5 ? 2 + random.nextInt(5) : random.nextInt(7)];
        if (random.nextInt(8) == 0) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
        switch (type) {
            case "string" -> {
                int how = random.nextInt(3);
                if (how == 0) {
                    schema.put("minLength", random.nextInt(4)).put("maxLength", 4 + random.nextInt(4));
                } else if (how == 1) {
                    schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
                }
            }
            case "integer" -> {
                if (random.nextBoolean()) {
                    schema.put("minimum", -5000 + random.nextInt(10_000)).put("exclusiveMaximum", 5001.5);
                }
            }
            case "array" -> {
                schema.set("items", schema(depth + 1));
                schema.put("minItems", random.nextInt(3)).put("maxItems", 3 + random.nextInt(3));
            }
            case "object" -> object(schema, depth);
            default -> schema.put("description", "plain");
        }
        return schema;
    }

    private void object(ObjectNode schema, int depth) {
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = "p" + i + (random.nextBoolean() ? "" : " \u00fc\"");
            properties.set(name, schema(depth + 1));
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        schema.put("additionalProperties", false);
    }

    /** Whether a value is what a schema of ours describes. */
    static boolean satisfies(JsonNode value, JsonNode schema, JsonNode root) {
        if (schema.has("$ref")) {
            return satisfies(value, root.at(schema.get("$ref").stringValue().substring(1)), root);
        }
        if (schema.has("enum")) {
            return schema.get("enum").valueStream().anyMatch(value::equals);
        }
        if (schema.has("anyOf")) {
            return schema.get("anyOf").valueStream().anyMatch(option -> satisfies(value, option, root));
        }
        JsonNode type = schema.get("type");
        return type.isArray()
                ? type.valueStream().anyMatch(one -> is(value, one.stringValue(), schema, root))
                : is(value, type.stringValue(), schema, root);
    }

    private static boolean is(JsonNode value, String type, JsonNode schema, JsonNode root) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "integer" ->
                value.isIntegralNumber()
                        && value.longValue() >= schema.path("minimum").asLong(Long.MIN_VALUE)
                        && (!schema.has("exclusiveMaximum") || value.longValue() < 5001.5);
            case "number" -> value.isNumber();
            case "string" -> value.isString() && isLong(value.stringValue(), schema);
            case "array" ->
                value.isArray()
                        && value.size() >= schema.get("minItems").intValue()
                        && value.size() <= schema.get("maxItems").intValue()
                        && value.valueStream().allMatch(item -> satisfies(item, schema.get("items"), root));
            case "object" -> value.isObject() && isObject(value, schema, root);
            default -> throw new IllegalArgumentException("type: unknown");
        };
    }

    private static boolean isLong(String text, JsonNode schema) {
        int length = text.codePointCount(0, text.length());
        boolean found = !schema.has("pattern")
                || Pattern.compile(schema.path("pattern").stringValue())
                        .matcher(text)
                        .find();
        return found
                && length >= schema.path("minLength").asInt(0)
                && length <= schema.path("maxLength").asInt(1 << 20);
    }

    private static boolean isObject(JsonNode value, JsonNode schema, JsonNode root) {
        JsonNode properties = schema.get("properties");
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.stringValue())) {
                return false;
            }
        }
        return value.propertyStream()
                .allMatch(property -> properties.has(property.getKey())
                        && satisfies(property.getValue(), properties.get(property.getKey()), root));
    }
}
