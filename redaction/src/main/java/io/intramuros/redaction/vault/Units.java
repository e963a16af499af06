// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.Place;

/** Raw text as the characters it means, each with the place of its raw form; in JSON an escape is one character. */
public final class Units {
    private final char[] chars;
    private final int[] starts;
    private int size;

    private Units(int most) {
        this.chars = new char[most];
        this.starts = new int[most + 1];
    }

    /** The characters of {@code raw}; an escape that is cut off at the end is left out unless the text ends there. */
    public static Units of(CharSequence raw, Place place, boolean atEnd) {
        Units units = new Units(raw.length());
        int index = 0;
        while (index < raw.length()) {
            int length = place == Place.JSON ? escapeLength(raw, index) : 1;
            if (index + length > raw.length()) {
                if (!atEnd) break;
                length = 1;
            }
            units.add(length == 1 ? raw.charAt(index) : unescaped(raw, index), index);
            index += length;
        }
        units.starts[units.size] = index;
        return units;
    }

    private void add(char c, int start) {
        chars[size] = c;
        starts[size++] = start;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The character at an index. */
    public char at(int index) {
        return chars[index];
    }

    /** Where the character at {@code index} starts in the raw text; for {@link #size()} where the last one ends. */
    public int rawStart(int index) {
        return starts[index];
    }

    private static int escapeLength(CharSequence raw, int index) {
        if (raw.charAt(index) != '\\') return 1;
        if (index + 1 == raw.length()) return 2;
        if (raw.charAt(index + 1) != 'u') return "\"\\/bfnrt".indexOf(raw.charAt(index + 1)) >= 0 ? 2 : 1;
        for (int i = index + 2; i < Math.min(index + 6, raw.length()); i++)
            if (Character.digit(raw.charAt(i), 16) < 0) return 1;
        return 6;
    }

    private static char unescaped(CharSequence raw, int index) {
        char c = raw.charAt(index + 1);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(raw, index + 2, index + 6, 16);
            default -> c;
        };
    }

    @Override
    public String toString() {
        return "Units[" + size + "]";
    }
}
