// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The form of a surrogate, {@code [TYPE_code]}, and where it stands in a text. */
public final class SurrogateForm {
    /** The fewest characters of a code: 40 bits, which nobody guesses within one exchange. */
    public static final int SHORTEST_CODE = 8;

    /** All characters of an HMAC. */
    private static final int LONGEST_CODE = 52;

    private static final int LONGEST_TYPE = 24;

    private static final Set<String> TYPES =
            Arrays.stream(EntityType.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private SurrogateForm() {}

    /** Whether {@code c} can stand in a code: {@code a-z2-7}. */
    public static boolean isCode(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
    }

    /**
     * The start and end of everything in {@code text} that has the form of what this library writes: a surrogate, brackets
     * or not, a hash {@code [TYPE#code]}, an encrypted value {@code [TYPE:version:code]}.
     */
    static Map<Integer, Integer> spans(String text) {
        Map<Integer, Integer> spans = new TreeMap<>();
        for (int mark = text.indexOf('_'); mark >= 0; mark = text.indexOf('_', mark + 1)) {
            int end = mark + 1;
            while (end < text.length() && isCode(text.charAt(end))) end++;
            if (end - mark <= SHORTEST_CODE || end - mark > LONGEST_CODE + 1) continue;
            int start = typeStart(text, mark);
            if (start < 0) continue;
            if (start > 0 && text.charAt(start - 1) == '[' && end < text.length() && text.charAt(end) == ']') {
                start--;
                end++;
            }
            spans.put(start, end);
        }
        for (int open = text.indexOf('['); open >= 0; open = text.indexOf('[', open + 1)) {
            int end = sealedEnd(text, open + 1);
            if (end > 0) spans.put(open, end);
        }
        return spans;
    }

    /** Where the hash or encrypted value ends whose type starts at {@code start}; -1 where there is none. */
    private static int sealedEnd(String text, int start) {
        int mark = start;
        while (mark < text.length() && mark - start < LONGEST_TYPE && isTypeLetter(text.charAt(mark))) mark++;
        if (mark == start || mark == text.length() || !TYPES.contains(text.substring(start, mark))) return -1;
        int code = mark + 1;
        if (text.charAt(mark) == ':') {
            int digits = code;
            while (digits < text.length() && digits - code < 4 && Character.isDigit(text.charAt(digits))) digits++;
            if (digits == code || digits == text.length() || text.charAt(digits) != ':') return -1;
            code = digits + 1;
        } else if (text.charAt(mark) != '#') {
            return -1;
        }
        int end = code;
        while (end < text.length() && isCode(text.charAt(end))) end++;
        return end - code >= SHORTEST_CODE && end < text.length() && text.charAt(end) == ']' ? end + 1 : -1;
    }

    /** Where the type that ends before {@code mark} starts, or -1 where none does. */
    private static int typeStart(String text, int mark) {
        int longest = Math.max(0, mark - LONGEST_TYPE);
        int start = mark;
        while (start > longest && isTypeLetter(text.charAt(start - 1))) start--;
        return TYPES.contains(text.substring(start, mark)) ? start : -1;
    }

    private static boolean isTypeLetter(char c) {
        return (c >= 'A' && c <= 'Z') || c == '_';
    }
}
