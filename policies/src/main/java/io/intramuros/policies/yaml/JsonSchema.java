// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Describes, as JSON Schema 2020-12, the YAML that {@link RecordReader} takes for a record: for editors. */
public final class JsonSchema {
    private final Predicate<Class<?>> spelledAsInJava;

    /**
     * A writer of schemas.
     *
     * @param spelledAsInJava the enums whose constants files write in capitals
     */
    public JsonSchema(Predicate<Class<?>> spelledAsInJava) {
        this.spelledAsInJava = spelledAsInJava;
    }

    /** A schema as text. */
    public static String text(Map<String, Object> schema) {
        return JsonText.of(schema);
    }

    /**
     * The schema of a record.
     *
     * @param instead schemas for certain keys in place of what their types say
     */
    public Map<String, Object> of(Class<? extends Record> type, Map<String, Object> instead) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordField field : RecordField.keysOf(type))
            properties.put(field.key(), instead.getOrDefault(field.key(), described(field)));
        RecordField.of(type).stream()
                .filter(RecordField::isOther)
                .forEach(field -> properties.putAll(otherKeys(field.type())));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = RecordField.keysOf(type).stream()
                .filter(field -> !field.isOptional())
                .map(RecordField::key)
                .toList();
        if (!required.isEmpty()) schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> described(RecordField field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        Key key = field.description();
        if (key != null) schema.put("description", key.value());
        if (!field.fallback().isEmpty()) schema.put("default", fallback(field));
        schema.putAll(of(field.type(), key));
        return schema;
    }

    private static Object fallback(RecordField field) {
        if (field.isMany()) return List.of(field.fallback().split(","));
        if (field.raw() == boolean.class) return Boolean.valueOf(field.fallback());
        return ScalarReader.isPlain(field.raw()) ? new BigDecimal(field.fallback()) : field.fallback();
    }

    private Map<String, Object> of(Type type, @Nullable Key key) {
        if (type instanceof ParameterizedType generic) return many(generic, key);
        Class<?> raw = (Class<?>) type;
        if (RecordField.isNested(raw)) return of(raw.asSubclass(Record.class), Map.of());
        if (raw.isEnum()) return Map.of("enum", words(raw));
        if (raw == boolean.class) return Map.of("type", "boolean");
        if (ScalarReader.isPlain(raw)) return number(raw, key);
        Map<String, Object> text = new LinkedHashMap<>(Map.of("type", "string"));
        if (raw == URI.class) text.put("format", "uri");
        if (raw == Instant.class) text.put("format", "date-time");
        return text;
    }

    private static Map<String, Object> number(Class<?> type, @Nullable Key key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type == BigDecimal.class ? "number" : "integer");
        if (key != null && key.min() != Long.MIN_VALUE) schema.put("minimum", key.min());
        if (key != null && key.max() != Long.MAX_VALUE) schema.put("maximum", key.max());
        return schema;
    }

    private Map<String, Object> many(ParameterizedType type, @Nullable Key key) {
        Type[] arguments = type.getActualTypeArguments();
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type.getRawType() == Map.class) {
            schema.put("type", "object");
            if (((Class<?>) arguments[0]).isEnum())
                schema.put("propertyNames", Map.of("enum", words((Class<?>) arguments[0])));
            schema.put("additionalProperties", of(arguments[1], null));
        } else {
            schema.put("type", "array");
            schema.put("items", of(arguments[0], null));
            schema.put("uniqueItems", true);
            if (key != null && key.filled()) schema.put("minItems", 1);
        }
        return schema;
    }

    private Map<String, Object> otherKeys(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        Map<String, Object> value = of(arguments[1], null);
        Map<String, Object> properties = new LinkedHashMap<>();
        words((Class<?>) arguments[0]).forEach(word -> properties.put(word, value));
        return properties;
    }

    private List<String> words(Class<?> constants) {
        return Arrays.stream(constants.getEnumConstants())
                .map(constant -> spelledAsInJava.test(constants) ? constant.toString() : ScalarReader.word(constant))
                .toList();
    }
}
