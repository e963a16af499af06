// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks in texts for what a {@link Detector} describes, in time linear in the text. Immutable, and safe for use by several
 * threads at once. Overlapping finds are all reported; the redactor resolves them.
 */
public final class DetectorFinder {
    private final List<Pattern> patterns;
    private final List<Pattern> words;

    /** Takes finds. */
    @FunctionalInterface
    public interface Spans {
        /**
         * Takes one find.
         *
         * @param start first UTF-16 index, inclusive
         * @param end last UTF-16 index, exclusive; greater than {@code start}
         */
        void add(int start, int end);
    }

    /** Prepares the search for what {@code detector} describes. */
    public DetectorFinder(Detector detector) {
        patterns = detector.patterns().stream().map(Pattern::compile).toList();
        words = new ArrayList<>();
        if (!detector.words().isEmpty()) {
            String any = detector.words().stream()
                    // the longest first, so that a word is not taken for its beginning
                    .sorted((one, other) -> other.length() - one.length())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            words.add(Pattern.compile(any, Pattern.CASE_INSENSITIVE));
        }
    }

    /** Hands every find in {@code text} to {@code found}. */
    public void find(String text, Spans found) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) if (matcher.end() > matcher.start()) found.add(matcher.start(), matcher.end());
        }
        for (Pattern pattern : words) findWords(text, pattern, found);
    }

    private static void findWords(String text, Pattern pattern, Spans found) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            boolean whole = isBorder(text, matcher.start()) && isBorder(text, matcher.end());
            if (whole) found.add(matcher.start(), matcher.end());
            // What is inside a longer word may begin another one a character later.
            from = whole ? matcher.end() : matcher.start() + 1;
        }
    }

    /** Whether no letter or digit stands on both sides of {@code index}. RE2's own border knows ASCII only. */
    private static boolean isBorder(String text, int index) {
        return index == 0
                || index == text.length()
                || !Character.isLetterOrDigit(text.codePointBefore(index))
                || !Character.isLetterOrDigit(text.codePointAt(index));
    }
}
