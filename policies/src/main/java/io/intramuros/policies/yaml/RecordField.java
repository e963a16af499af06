// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One component of a record that YAML fills: what the reader and the schema both go by. */
record RecordField(RecordComponent component, @Nullable Key description) {
    /** The components of {@code type} in their order. */
    static List<RecordField> of(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> new RecordField(component, component.getAnnotation(Key.class)))
                .toList();
    }

    /** The components of {@code type} that a key of the file fills. */
    static List<RecordField> keysOf(Class<?> type) {
        return of(type).stream()
                .filter(field -> !field.isGiven() && !field.isPlace() && !field.isOther())
                .toList();
    }

    String name() {
        return component.getName();
    }

    /** The key as the file writes it. */
    String key() {
        return description == null || description.name().isEmpty() ? name() : description.name();
    }

    Type type() {
        return component.getGenericType();
    }

    Class<?> raw() {
        return component.getType();
    }

    boolean isGiven() {
        return component.isAnnotationPresent(Given.class);
    }

    boolean isPlace() {
        return raw() == Place.class;
    }

    boolean isOther() {
        return component.isAnnotationPresent(OtherKeys.class);
    }

    boolean isNullable() {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    boolean isMany() {
        return Collection.class.isAssignableFrom(raw()) || Map.class.isAssignableFrom(raw());
    }

    /** Whether the type is read from a map of its own. */
    static boolean isNested(Class<?> type) {
        return type.isRecord() && !type.isAnnotationPresent(TextValue.class);
    }

    String fallback() {
        return description == null ? "" : description.fallback();
    }

    boolean isFilled() {
        return description != null && description.filled();
    }

    /** Whether a file may leave the key out. */
    boolean isOptional() {
        return isNullable() || isMany() || !fallback().isEmpty() || (isNested(raw()) && allOptional(raw()));
    }

    private static boolean allOptional(Class<?> type) {
        return keysOf(type).stream().allMatch(RecordField::isOptional);
    }
}
