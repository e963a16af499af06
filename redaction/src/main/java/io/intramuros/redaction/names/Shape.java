// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Set;

/** How a token is written. */
enum Shape {
    /** All small letters: {@code van}. */
    LOWER,
    /** A capital and small letters, also in parts: {@code Anna}, {@code Jean-Luc}, {@code McDonald}, {@code O'Brien}. */
    CAPITAL,
    /** Two capitals or more and nothing else: {@code GARCÍA}. */
    UPPER,
    /** One capital. */
    INITIAL,
    /** Letters in any other mix: {@code iPhone}, {@code GmbH}. */
    MIXED,
    /** Digits only. */
    NUMBER,
    /** Letters with digits or underscores: {@code S3}, {@code user_id}. */
    CODE,
    /** Any other single character. */
    MARK;

    private static final Set<String> PREFIXES = Set.of("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz");

    static Shape of(CharSequence text, int start, int end) {
        int upper = 0;
        int lower = 0;
        int digits = 0;
        boolean joined = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isUpperCase(c)) upper++;
            else if (Character.isLetter(c)) lower++;
            else if (Character.isDigit(c)) digits++;
            else if (c == '_') joined = true;
        }
        if (upper + lower == 0) return digits > 0 ? NUMBER : MARK;
        if (digits > 0 || joined) return CODE;
        if (upper == 0) return LOWER;
        if (lower == 0) return upper == 1 ? INITIAL : UPPER;
        return capitals(text, start, end, upper) ? CAPITAL : MIXED;
    }

    /** Whether each part between hyphens and apostrophes begins with its only capital, {@code Mc} and {@code Mac} aside. */
    private static boolean capitals(CharSequence text, int start, int end, int upper) {
        if (!Character.isUpperCase(text.charAt(start))) return false;
        int expected = 0;
        for (int i = start; i < end; i++) {
            boolean first = i == start || !Character.isLetter(text.charAt(i - 1));
            if (Character.isUpperCase(text.charAt(i)) && (first || prefixed(text, start, i))) expected++;
        }
        return expected == upper;
    }

    private static boolean prefixed(CharSequence text, int start, int i) {
        String before = text.subSequence(start, i).toString();
        return PREFIXES.contains(before);
    }

    /** The number that stands for this shape in a model's traits. */
    int number() {
        return switch (this) {
            case LOWER -> 1;
            case CAPITAL -> 2;
            case UPPER -> 3;
            case INITIAL -> 4;
            case MIXED -> 5;
            case NUMBER -> 6;
            case CODE -> 7;
            case MARK -> 8;
        };
    }

    /** Whether a word in this shape can be a name by itself. */
    boolean named() {
        return this == CAPITAL || this == UPPER;
    }
}
