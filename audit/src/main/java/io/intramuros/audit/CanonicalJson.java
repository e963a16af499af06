// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes objects of texts, whole numbers, truths, lists and objects as canonical JSON (RFC 8785): names in order, no space, and
 * one way to write each text.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String write(Map<String, ?> object) {
        StringBuilder out = new StringBuilder(256);
        write(object, out);
        return out.toString();
    }

    /** An object whose names are texts. */
    static String any(Map<?, ?> object) {
        StringBuilder out = new StringBuilder(256);
        write(object, out);
        return out.toString();
    }

    /** The members alone, without braces. */
    static String members(Map<String, ?> object) {
        StringBuilder out = new StringBuilder(256);
        members(object, out);
        return out.toString();
    }

    private static void write(Map<?, ?> object, StringBuilder out) {
        out.append('{');
        members(object, out);
        out.append('}');
    }

    private static void members(Map<?, ?> object, StringBuilder out) {
        Map<String, Object> sorted = new TreeMap<>();
        object.forEach((name, value) -> sorted.put((String) name, value));
        String comma = "";
        for (var member : sorted.entrySet()) {
            out.append(comma);
            text(member.getKey(), out);
            out.append(':');
            value(member.getValue(), out);
            comma = ",";
        }
    }

    private static void list(List<?> values, StringBuilder out) {
        out.append('[');
        String comma = "";
        for (Object value : values) {
            out.append(comma);
            value(value, out);
            comma = ",";
        }
        out.append(']');
    }

    private static void value(Object value, StringBuilder out) {
        switch (value) {
            case String text -> text(text, out);
            case Long number -> out.append(number.longValue());
            case Integer number -> out.append(number.intValue());
            case Boolean truth -> out.append(truth.booleanValue());
            case Map<?, ?> object -> write(object, out);
            case List<?> values -> list(values, out);
            default ->
                throw new IllegalArgumentException("value: a "
                        + value.getClass().getSimpleName() + " (expected: text, whole number, truth, list or map)");
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
                    else if (isLone(text, i)) out.append('\ufffd');
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }

    /** Half of a pair, which UTF-8 cannot say. */
    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c))
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
