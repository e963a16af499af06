// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text for all ways of writing the same record: what a digest is taken of. Every value is preceded by its length, so
 * that no two different records give the same text. Places and {@link Given} components are left out.
 */
public final class Canonical {
    private Canonical() {}

    /** The canonical text of a record, collection, map or single value. */
    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Record record -> framed('{', fields(record));
            case Collection<?> items -> framed('[', joined(items));
            case Map<?, ?> map -> framed('(', entries(map));
            default -> framed('=', value.toString());
        };
    }

    private static String framed(char kind, String content) {
        return kind + Integer.toString(content.length()) + ":" + content;
    }

    private static String joined(Collection<?> items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(text(item)));
        return text.toString();
    }

    private static String entries(Map<?, ?> map) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(text(key), text(value)));
        StringBuilder text = new StringBuilder();
        sorted.forEach((key, value) -> text.append(key).append(value));
        return text.toString();
    }

    private static String fields(Record record) {
        StringBuilder text = new StringBuilder();
        for (RecordField field : RecordField.of(record.getClass())) {
            if (field.isPlace() || field.isGiven()) continue;
            text.append(framed('.', field.name())).append(text(read(record, field.component())));
        }
        return text.toString();
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("accessor of " + component + " failed", impossible);
        }
    }
}
