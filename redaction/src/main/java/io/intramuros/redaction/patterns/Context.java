// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.util.List;
import java.util.Locale;

/** The words that stand before a place in a text. */
final class Context {
    private Context() {}

    /** Whether one of {@code words} starts a word in the {@code reach} characters before {@code start}. */
    static boolean isBefore(List<String> words, String text, int start, int reach) {
        return hasWord(words, text.substring(Math.max(0, start - reach), start).toLowerCase(Locale.ROOT));
    }

    private static boolean hasWord(List<String> words, String lower) {
        for (String word : words) {
            int at = lower.indexOf(word);
            while (at >= 0) {
                if (startsWord(lower, at) && endsWord(word, lower, at + word.length())) return true;
                at = lower.indexOf(word, at + 1);
            }
        }
        return false;
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** Short words must be whole words; longer ones may have endings. */
    private static boolean endsWord(String word, String text, int end) {
        return word.length() > 4 || end == text.length() || !Character.isLetter(text.charAt(end));
    }
}
