// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills records from YAML. A component's key is its name unless {@link Key} says otherwise. A key may be left out where
 * the component is nullable, a list, set or map (then empty), has a fallback, or is a record of such components only.
 * Types: text, whole and decimal numbers, truth values, enums, {@code URI}, {@code Instant} (ISO 8601), {@link TextValue} records, records, lists, sets and maps of these, and {@link Place}, which
 * is where the map stands, and {@link YamlNode}, which is the value unread. What a constructor refuses by {@link IllegalArgumentException} is a fault of the file too.
 */
public final class RecordReader {
    private final Problems problems;

    /** A reader that tells of faults to {@code problems}. */
    public RecordReader(Problems problems) {
        this.problems = problems;
    }

    /** The record that {@code node} describes, or nothing where problems were reported. */
    public <R extends Record> Optional<R> read(YamlNode node, Class<R> type) {
        return read(node, type, Map.of());
    }

    /**
     * The record that {@code node} describes, or nothing where problems were reported.
     *
     * @param given the values of the components marked {@link Given}, by component name
     */
    public <R extends Record> Optional<R> read(YamlNode node, Class<R> type, Map<String, Object> given) {
        return Optional.ofNullable(record(node, type, "", given)).map(type::cast);
    }

    private @Nullable Object record(YamlNode node, Class<?> type, String key, Map<String, Object> given) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return fault(
                    node.at(), key, node.kind() + " (expected: a map with " + String.join(", ", keysOf(type)) + ")");
        }
        int before = problems.count();
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordField field : RecordField.of(type)) values.add(component(mapping, field, type, given));
        rejectUnknown(mapping, type);
        return problems.count() > before ? null : construct(type, values, mapping);
    }

    private @Nullable Object component(
            YamlNode.Mapping mapping, RecordField field, Class<?> type, Map<String, Object> given) {
        if (field.isPlace()) return mapping.at();
        if (field.isGiven()) return given.get(field.name());
        if (field.isOther()) return map(others(mapping, type), (ParameterizedType) field.type(), "");
        YamlNode.Entry entry = mapping.entries().get(field.key());
        if (entry != null) return value(entry.value(), field.type(), field);
        return absent(mapping, field);
    }

    private @Nullable Object absent(YamlNode.Mapping mapping, RecordField field) {
        YamlNode nothing = new YamlNode.Mapping(mapping.at(), Map.of());
        if (!field.fallback().isEmpty()) return fallback(mapping.at(), field, field.fallback());
        if (field.isNullable()) return null;
        if (Map.class.isAssignableFrom(field.raw())) return Map.of();
        if (field.isMany()) return many(new YamlNode.Sequence(mapping.at(), List.of()), field.type(), null);
        if (field.isOptional()) return record(nothing, field.raw(), field.key(), Map.of());
        return fault(mapping.at(), field.key(), "missing");
    }

    /** A value that stands in no file: text needs no quotes there, and a list is separated by commas. */
    private @Nullable Object fallback(Place at, RecordField field, String written) {
        if (!field.isMany()) {
            boolean plain = ScalarReader.isPlain(field.raw());
            return value(new YamlNode.Scalar(at, written, plain), field.type(), field);
        }
        List<YamlNode> items = Arrays.stream(written.split(",", -1))
                .<YamlNode>map(item -> new YamlNode.Scalar(at, item.strip(), false))
                .toList();
        return value(new YamlNode.Sequence(at, items), field.type(), field);
    }

    private @Nullable Object value(YamlNode node, Type type, RecordField field) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() != Map.class) return many(node, type, field);
            if (node instanceof YamlNode.Mapping mapping) return map(mapping, generic, field.key());
            return fault(node.at(), field.key(), node.kind() + " (expected: a map)");
        }
        Class<?> raw = (Class<?>) type;
        if (raw == YamlNode.class) return node;
        if (RecordField.isNested(raw)) return record(node, raw, field.key(), Map.of());
        return scalar(node, raw, field.key(), field.description());
    }

    private @Nullable Object scalar(YamlNode node, Class<?> type, String key, @Nullable Key description) {
        if (!(node instanceof YamlNode.Scalar scalar))
            return fault(node.at(), key, node.kind() + " (expected: a single value)");
        try {
            return ScalarReader.read(scalar, type, description);
        } catch (IllegalArgumentException fault) {
            return fault(node.at(), key, String.valueOf(fault.getMessage()));
        }
    }

    private @Nullable Object many(YamlNode node, Type type, @Nullable RecordField field) {
        boolean isSet = ((ParameterizedType) type).getRawType() == Set.class;
        if (field == null) return isSet ? Set.of() : List.of();
        if (!(node instanceof YamlNode.Sequence list))
            return fault(node.at(), field.key(), node.kind() + " (expected: a list)");
        if (field.isFilled() && list.items().isEmpty())
            return fault(
                    node.at(), field.key(), "an empty list (expected: at least one entry, or no such key for all)");
        Set<Object> distinct = new LinkedHashSet<>();
        for (YamlNode item : list.items()) {
            Object value = value(item, argument(type, 0), field);
            if (value != null && !distinct.add(value)) fault(item.at(), field.key(), "an entry stands twice");
        }
        return isSet ? distinct : List.copyOf(distinct);
    }

    private Object map(YamlNode.Mapping mapping, ParameterizedType type, String key) {
        Map<Object, Object> values = new LinkedHashMap<>();
        Class<?> keyType = (Class<?>) argument(type, 0);
        mapping.entries().forEach((name, entry) -> {
            var written = new YamlNode.Scalar(entry.at(), name, false);
            Object typed = scalar(written, keyType, key.isEmpty() ? "key" : key, null);
            Object value = mapValue(entry, (Class<?>) argument(type, 1), name);
            if (typed != null && value != null) values.put(typed, value);
        });
        return values;
    }

    private @Nullable Object mapValue(YamlNode.Entry entry, Class<?> type, String key) {
        return RecordField.isNested(type)
                ? record(entry.value(), type, key, Map.of())
                : scalar(entry.value(), type, key, null);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static YamlNode.Mapping others(YamlNode.Mapping mapping, Class<?> type) {
        Map<String, YamlNode.Entry> rest = new LinkedHashMap<>(mapping.entries());
        keysOf(type).forEach(rest::remove);
        return new YamlNode.Mapping(mapping.at(), rest);
    }

    private static List<String> keysOf(Class<?> type) {
        return RecordField.keysOf(type).stream().map(RecordField::key).toList();
    }

    private void rejectUnknown(YamlNode.Mapping mapping, Class<?> type) {
        if (RecordField.of(type).stream().anyMatch(RecordField::isOther)) return;
        List<String> known = keysOf(type);
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) fault(entry.at(), key, "unknown key" + Suggestion.of(key, known));
        });
    }

    private @Nullable Object construct(Class<?> type, List<@Nullable Object> values, YamlNode.Mapping mapping) {
        try {
            Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            if (!(refused.getCause() instanceof IllegalArgumentException fault))
                throw new IllegalStateException("constructor of " + type + " failed", refused);
            String message = String.valueOf(fault.getMessage());
            YamlNode.Entry entry = mapping.entries().get(message.replaceAll(":.*", ""));
            problems.add(entry == null ? mapping.at() : entry.value().at(), message);
            return null;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("no canonical constructor of " + type, impossible);
        }
    }

    private @Nullable Object fault(Place at, String key, String message) {
        problems.add(at, key.isEmpty() ? message : key + ": " + message);
        return null;
    }
}
