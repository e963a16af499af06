// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import io.intramuros.redaction.Finding;
import java.util.List;

/**
 * An identifier that must be found, or one with a wrong check digit that must not.
 *
 * @param kind its exact kind, as {@code ES_DNI}
 * @param type the name of its entity type; {@code -} for what looks like an identifier and is none
 * @param valid whether it must be found
 * @param context a word that names it
 */
public record Identifier(String kind, String type, String value, boolean valid, String context) {
    private static final int FIELDS = 6;

    /** Reads a line of {@code kind, type, country, value, valid|invalid, context}, divided by tabs. */
    public static Identifier parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS)
            throw new IllegalArgumentException("fields: " + fields.length + " (expected: " + FIELDS + ")");
        return new Identifier(fields[0], fields[1], fields[3], fields[4].equals("valid"), fields[5]);
    }

    /** The identifier after the word that names it. */
    public String text() {
        return context.isEmpty() ? value : context + ": " + value;
    }

    /** Whether the findings in {@link #text()} cover the whole identifier with its type. */
    public boolean isIn(List<Finding> found) {
        int start = text().length() - value.length();
        return found.stream()
                .anyMatch(f -> f.type().name().equals(type) && f.start() <= start && f.end() == text().length());
    }

    /** Whether the findings in {@link #text()} hold a find that it must not have. */
    public boolean isWronglyIn(List<Finding> found) {
        int start = text().length() - value.length();
        return found.stream()
                .anyMatch(f ->
                        f.end() > start && (type.equals("-") || f.type().name().equals(type)));
    }

    @Override
    public String toString() {
        return "Identifier[" + kind + ", " + (valid ? "valid" : "invalid") + "]";
    }
}
