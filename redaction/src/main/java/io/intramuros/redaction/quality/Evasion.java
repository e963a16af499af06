// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import io.intramuros.redaction.Finding;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that hides a value from machines and not from readers.
 *
 * @param name says how
 * @param start the first UTF-16 index of the value
 * @param end its last, exclusive
 */
public record Evasion(String name, String text, int start, int end) {
    private static final Pattern CODE_POINT = Pattern.compile("\\\\(?:\\\\|u\\{([0-9A-Fa-f]{1,6})\\})");
    private static final int FIELDS = 4;

    /**
     * Reads a line of {@code name, text, start, end}, divided by tabs. In the text {@code \\u{…}} is a code point by its
     * hexadecimal number, and two backslashes are one; an end after the text's end means that end.
     */
    public static Evasion parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS)
            throw new IllegalArgumentException("fields: " + fields.length + " (expected: " + FIELDS + ")");
        String text = CODE_POINT
                .matcher(fields[1])
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "\\" : Character.toString(Integer.parseInt(found.group(1), 16))));
        int end = Math.min(Integer.parseInt(fields[3]), text.length());
        return new Evasion(fields[0], text, Integer.parseInt(fields[2]), end);
    }

    /** Whether the findings in the text cover each letter and digit of the value. */
    public boolean isIn(List<Finding> found) {
        BitSet covered = new BitSet();
        for (Finding finding : found) covered.set(finding.start(), finding.end());
        for (int i = start; i < end; ) {
            int codePoint = text.codePointAt(i);
            if (Character.isLetterOrDigit(codePoint) && !covered.get(i)) return false;
            i += Character.charCount(codePoint);
        }
        return true;
    }

    @Override
    public String toString() {
        return "Evasion[" + name + "]";
    }
}
