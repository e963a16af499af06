// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns single values into Java values. A fault is an {@link IllegalArgumentException} whose message says what was
 * found and what was expected, without the key.
 */
final class ScalarReader {
    private ScalarReader() {}

    /** Whether values of {@code type} are written without quotes only. */
    static boolean isPlain(Class<?> type) {
        return isWhole(type) || type == BigDecimal.class || type == boolean.class;
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    static Object read(YamlNode.Scalar scalar, Class<?> type, @Nullable Key key) {
        if (isWhole(type)) return whole(scalar, type, key);
        if (type == BigDecimal.class) return decimal(scalar, key);
        if (type == boolean.class) return truth(scalar);
        if (type.isEnum()) return constant(scalar, type);
        if (type == URI.class) return uri(text(scalar));
        if (type == Instant.class) return instant(text(scalar));
        if (type == String.class) return text(scalar);
        if (type.isAnnotationPresent(TextValue.class)) return textValue(scalar, type);
        throw new IllegalStateException("type: " + type + " (expected: one that a scalar can fill)");
    }

    /** Text that stands without quotes must not be a number or a truth value to YAML. */
    static String text(YamlNode.Scalar scalar) {
        if (scalar.kind().equals("text")) return scalar.text();
        throw wrong(scalar, scalar.isNull() ? "text" : "text; put it in quotes");
    }

    private static Object whole(YamlNode.Scalar scalar, Class<?> type, @Nullable Key key) {
        boolean narrow = type == int.class || type == Integer.class;
        long min = Math.max(key == null ? Long.MIN_VALUE : key.min(), narrow ? Integer.MIN_VALUE : Long.MIN_VALUE);
        long max = Math.min(key == null ? Long.MAX_VALUE : key.max(), narrow ? Integer.MAX_VALUE : Long.MAX_VALUE);
        String expected = "a whole number from " + min + " to " + max;
        if (!scalar.plain() || !PlainScalar.INTEGER.matcher(scalar.text()).matches()) throw wrong(scalar, expected);
        long value;
        try {
            value = Long.parseLong(scalar.text());
        } catch (NumberFormatException tooLarge) {
            throw wrong(scalar, expected, tooLarge);
        }
        if (value < min || value > max) throw wrong(scalar, expected);
        return narrow ? (Object) (int) value : (Object) value;
    }

    private static BigDecimal decimal(YamlNode.Scalar scalar, @Nullable Key key) {
        if (!scalar.plain() || !PlainScalar.NUMBER.matcher(scalar.text()).matches()) throw wrong(scalar, "a number");
        BigDecimal value = new BigDecimal(scalar.text());
        if (key != null
                && (value.compareTo(BigDecimal.valueOf(key.min())) < 0
                        || value.compareTo(BigDecimal.valueOf(key.max())) > 0))
            throw wrong(scalar, "a number from " + key.min() + " to " + key.max());
        return value;
    }

    private static Object truth(YamlNode.Scalar scalar) {
        if (scalar.plain() && scalar.text().equals("true")) return true;
        if (scalar.plain() && scalar.text().equals("false")) return false;
        throw wrong(scalar, "true or false");
    }

    /** Constants are written in lower case with hyphens, or as Java spells them, as entity types are. */
    private static Object constant(YamlNode.Scalar scalar, Class<?> type) {
        List<Object> constants = List.of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> word(constant).equals(scalar.text())
                        || constant.toString().equals(scalar.text()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        shown(scalar) + Suggestion.of(scalar.text(), words(scalar.text(), constants))));
    }

    private static List<String> words(String written, List<Object> constants) {
        boolean upper = !written.isEmpty() && written.equals(written.toUpperCase(Locale.ROOT));
        return constants.stream()
                .map(constant -> upper ? constant.toString() : word(constant))
                .toList();
    }

    /** A constant as files write it: {@code IN_FLIGHT} is {@code in-flight}. */
    static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException noUri) {
            throw new IllegalArgumentException("not a URL (expected: scheme://host:port)", noUri);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException noInstant) {
            throw new IllegalArgumentException("\"" + text + "\" (expected: as 2026-01-31T23:59:59Z)", noInstant);
        }
    }

    private static Object textValue(YamlNode.Scalar scalar, Class<?> type) {
        String text = text(scalar);
        boolean placed = type.getRecordComponents().length == 2;
        try {
            var constructor = placed
                    ? type.getDeclaredConstructor(Place.class, String.class)
                    : type.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
            return placed ? constructor.newInstance(scalar.at(), text) : constructor.newInstance(text);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException fault) throw fault;
            throw new IllegalStateException("constructor of " + type + " failed", refused);
        } catch (ReflectiveOperationException noConstructor) {
            throw new IllegalStateException(type + " has no constructor of one text", noConstructor);
        }
    }

    private static IllegalArgumentException wrong(YamlNode.Scalar scalar, String expected, Throwable... cause) {
        return new IllegalArgumentException(
                shown(scalar) + " (expected: " + expected + ")",
                Arrays.stream(cause).findFirst().orElse(null));
    }

    private static String shown(YamlNode.Scalar scalar) {
        if (scalar.isNull()) return "nothing";
        return scalar.plain() ? scalar.text() : "\"" + scalar.text() + "\"";
    }
}
