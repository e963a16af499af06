// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

/**
 * Digits with the marks that people put between those of a telephone number.
 *
 * @param start first UTF-16 index, inclusive
 * @param end last UTF-16 index, exclusive
 * @param digits how many of the characters are digits
 * @param isInternational whether it starts with a plus or two zeros
 */
record PhoneCandidate(int start, int end, int digits, boolean isInternational) {
    private static final int MOST_DIGITS = 20;

    /** Whether one can start at an index: at a plus, an opening bracket or a digit that stands free. */
    static boolean startsAt(String text, int i) {
        char c = text.charAt(i);
        if (i > 0 && isWord(text.charAt(i - 1))) return false;
        return isDigit(c)
                || ((c == '+' || c == '(') && i + 1 < text.length() && "+0123456789".indexOf(text.charAt(i + 1)) >= 0);
    }

    /** The longest one that starts at an index. */
    static PhoneCandidate at(String text, int start) {
        int end = start;
        int digits = 0;
        int marks = 0;
        int i = start;
        for (; i < text.length() && marks <= 2 && digits <= MOST_DIGITS; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digits++;
                marks = 0;
                end = i + 1;
            } else if (isMark(c) || (c == '+' && i <= start + 1)) {
                marks++;
            } else {
                break;
            }
        }
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        boolean international =
                text.startsWith("+", start) || text.startsWith("(+", start) || text.startsWith("00", start);
        return new PhoneCandidate(start, Math.max(end, start + 1), digits, international);
    }

    /** The same without its last group of digits; without digits where it has one group only. */
    PhoneCandidate withoutLastGroup(String text) {
        int last = end;
        int fewer = digits;
        while (last > start && isDigit(text.charAt(last - 1))) {
            last--;
            fewer--;
        }
        while (last > start && !isDigit(text.charAt(last - 1))) last--;
        return new PhoneCandidate(start, last, fewer, isInternational);
    }

    /** Where the first group of digits ends. */
    int firstGroupEnd(String text) {
        int first = start;
        while (first < end && !isDigit(text.charAt(first))) first++;
        while (first < end && isDigit(text.charAt(first))) first++;
        return Math.max(first, start + 1);
    }

    /** Whether letters, or marks that numbers of other things have, touch it. */
    boolean isSpoiled(String text) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char after = end == text.length() ? ' ' : text.charAt(end);
        if (isWord(after) || "#$€£%=".indexOf(before) >= 0 || after == '%' || after == '€') return true;
        return start > 1 && "./-,:".indexOf(before) >= 0 && isDigit(text.charAt(start - 2));
    }

    private static boolean isMark(char c) {
        return " .-/()\u00a0\u202f\u2009\u2011".indexOf(c) >= 0;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
