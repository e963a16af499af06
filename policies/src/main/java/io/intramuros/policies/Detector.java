// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.intramuros.policies.yaml.Given;
import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import io.intramuros.redaction.EntityType;
import java.util.List;

/**
 * Something of the company's own that is to be found: its staff numbers, project names, customers.
 *
 * @param type what a find counts as
 * @param patterns RE2 expressions, which take time linear in the text whatever they are
 * @param words exact words, found between word borders in any case
 */
public record Detector(
        @Given String name,
        Place at,

        @Key(value = "What a find counts as", fallback = "CUSTOM")
        EntityType type,

        @Key("RE2 expressions") List<String> patterns,
        @Key("Exact words, in any case") List<String> words) {
    private static final int MAX_PATTERN = 500;

    public Detector {
        patterns = List.copyOf(patterns);
        words = List.copyOf(words);
        if (patterns.isEmpty() && words.isEmpty())
            throw new IllegalArgumentException("patterns: none, nor words (expected: at least one of either)");
        patterns.forEach(Detector::requireUsable);
        if (words.stream().anyMatch(String::isBlank))
            throw new IllegalArgumentException("words: a blank entry (expected: text)");
    }

    private static void requireUsable(String pattern) {
        if (pattern.length() > MAX_PATTERN)
            throw new IllegalArgumentException(
                    "patterns: one of " + pattern.length() + " characters (expected: at most " + MAX_PATTERN + ")");
        try {
            if (Pattern.compile(pattern).matches(""))
                throw new IllegalArgumentException("patterns: " + pattern + " finds the empty text (expected: not)");
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "patterns: " + pattern + " (expected: an RE2 expression; " + wrong.getDescription() + ")", wrong);
        }
    }
}
