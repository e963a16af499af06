// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.util.Arrays;

/** Characters and the parts of the original that they were; grows at its end. */
final class Spelling {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Spelling(int capacity) {
        this.text = new StringBuilder(capacity);
        this.starts = new int[capacity];
        this.ends = new int[capacity];
    }

    /** Adds {@code what}, which stands from {@code start} to {@code end} in the original. */
    void add(CharSequence what, int start, int end) {
        for (int i = 0; i < what.length(); i++) add(what.charAt(i), start, end);
    }

    /** Adds a character, which stands from {@code start} to {@code end} in the original. */
    void add(char c, int start, int end) {
        if (text.length() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length + 16);
            ends = Arrays.copyOf(ends, starts.length);
        }
        starts[text.length()] = start;
        ends[text.length()] = end;
        text.append(c);
    }

    /** Turns around what was added from {@code from} on. */
    void reverse(int from) {
        for (int low = from, high = text.length() - 1; low < high; low++, high--) {
            char c = text.charAt(low);
            text.setCharAt(low, text.charAt(high));
            text.setCharAt(high, c);
            swap(starts, low, high);
            swap(ends, low, high);
        }
    }

    private static void swap(int[] numbers, int one, int other) {
        int number = numbers[one];
        numbers[one] = numbers[other];
        numbers[other] = number;
    }

    /** Puts another character at an index. */
    void set(int index, char c) {
        text.setCharAt(index, c);
    }

    /** The same without the characters that {@code dropped} marks. */
    Spelling without(boolean[] dropped) {
        Spelling kept = new Spelling(text.length());
        for (int i = 0; i < text.length(); i++) if (!dropped[i]) kept.add(text.charAt(i), starts[i], ends[i]);
        return kept;
    }

    int length() {
        return text.length();
    }

    char at(int index) {
        return text.charAt(index);
    }

    Lifted done() {
        return new Lifted(text.toString(), starts, ends);
    }
}
