// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Knows which words which rules wait for, and finds them all in one pass over a text. */
final class WordIndex {
    /** Up to here a word is only itself; a longer one may have endings. */
    private static final int WHOLE = 4;

    private static final int BUCKETS = 4096;
    private static final int BEFORE = 48;
    private static final int AFTER = 20;

    /**
     * A word that rules wait for.
     *
     * @param text in lower case
     * @param rules their numbers
     */
    private record Word(String text, List<Integer> rules) {}

    /** Takes a word that stands in a text. */
    interface Sink {
        /** The rule numbered {@code rule} waits for the word at {@code at}. */
        void accept(int rule, int at);
    }

    /** Words by their first three characters, or two where they have no more, in buckets. */
    private final Word[][] buckets = new Word[BUCKETS][0];

    private final int rules;

    /** The words that {@code words} gives for each rule. */
    WordIndex(List<Rule> rules, Function<Rule, List<String>> words) {
        this.rules = rules.size();
        Map<String, Word> known = new HashMap<>();
        for (int number = 0; number < rules.size(); number++) {
            for (String text : words.apply(rules.get(number)))
                known.computeIfAbsent(text, _ -> new Word(text, new ArrayList<>()))
                        .rules
                        .add(number);
        }
        for (Word word : known.values()) {
            int bucket = bucket(word.text, 0, Math.min(3, word.text.length()));
            buckets[bucket] = Arrays.copyOf(buckets[bucket], buckets[bucket].length + 1);
            buckets[bucket][buckets[bucket].length - 1] = word;
        }
    }

    /** Hands each word of a rule in {@code text} to {@code found}, in the order of the text. */
    void find(String text, Sink found) {
        for (int i = 0; i + 1 < text.length(); i++) {
            if (!startsWord(text, i)) continue;
            find(text, i, 2, found);
            if (i + 2 < text.length()) find(text, i, 3, found);
        }
    }

    private void find(String text, int at, int characters, Sink found) {
        for (Word word : buckets[bucket(text, at, characters)])
            if (stands(word.text, text, at)) for (int rule : word.rules) found.accept(rule, at);
    }

    /** Where the words of the rules stand in {@code text}. */
    Hits hits(String text) {
        Hits hits = new Hits(rules);
        find(text, hits::add);
        return hits;
    }

    /** Whether a word starts here, or the next part of a camelCase word. */
    private static boolean startsWord(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isLetter(c)) return false;
        if (i == 0) return true;
        char before = text.charAt(i - 1);
        if (!Character.isLetterOrDigit(before)) return true;
        return Character.isUpperCase(c) && Character.isLowerCase(before);
    }

    private static boolean stands(String word, String text, int at) {
        if (!text.regionMatches(true, at, word, 0, word.length())) return false;
        int end = at + word.length();
        return word.length() > WHOLE || end == text.length() || !Character.isLetter(text.charAt(end));
    }

    private static int bucket(String text, int at, int characters) {
        int hash = characters;
        for (int i = at; i < at + characters; i++) hash = hash * 31 + Character.toLowerCase(text.charAt(i));
        return (hash ^ (hash >>> 12)) & (BUCKETS - 1);
    }

    /** Where in one text the words stand that rules wait for. */
    static final class Hits {
        private final int[][] positions;
        private final int[] counts;

        private Hits(int rules) {
            this.positions = new int[rules][];
            this.counts = new int[rules];
        }

        private void add(int rule, int at) {
            int[] known = positions[rule];
            if (known == null) positions[rule] = known = new int[4];
            else if (counts[rule] == known.length) positions[rule] = known = Arrays.copyOf(known, 2 * known.length);
            known[counts[rule]++] = at;
        }

        /** Whether a word of the rule stands between {@code from} and {@code start} or shortly after {@code end}. */
        boolean isNear(int rule, int start, int end, int from) {
            if (counts[rule] == 0) return false;
            int first = Arrays.binarySearch(positions[rule], 0, counts[rule], Math.max(from, start - BEFORE));
            if (first < 0) first = -first - 1;
            for (int i = first; i < counts[rule] && positions[rule][i] < end + AFTER; i++)
                if (positions[rule][i] < start || positions[rule][i] >= end) return true;
            return false;
        }
    }
}
