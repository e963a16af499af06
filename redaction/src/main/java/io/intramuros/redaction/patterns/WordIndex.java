// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows which words which rules wait for, and finds them all in one pass over a text. */
final class WordIndex {
    /** Up to here a word is only itself; a longer one may have endings. */
    private static final int WHOLE = 4;

    private static final int BUCKETS = 1024;
    private static final int BEFORE = 48;
    private static final int AFTER = 20;

    /**
     * A word that rules wait for.
     *
     * @param text in lower case
     * @param context the numbers of the rules that want it near
     * @param labels the numbers of the rules that it begins
     */
    private record Word(String text, List<Integer> context, List<Integer> labels) {}

    /** Words by their first two characters, in buckets. */
    private final Word[][] buckets = new Word[BUCKETS][0];

    private final int rules;

    WordIndex(List<Rule> rules) {
        this.rules = rules.size();
        Map<String, Word> words = new HashMap<>();
        for (int number = 0; number < rules.size(); number++) {
            for (String word : rules.get(number).context())
                word(words, word).context.add(number);
            for (String word : rules.get(number).labels())
                word(words, word).labels.add(number);
        }
        for (Word word : words.values()) {
            int bucket = bucket(word.text, 0);
            buckets[bucket] = Arrays.copyOf(buckets[bucket], buckets[bucket].length + 1);
            buckets[bucket][buckets[bucket].length - 1] = word;
        }
    }

    private static Word word(Map<String, Word> words, String text) {
        return words.computeIfAbsent(text, _ -> new Word(text, new ArrayList<>(), new ArrayList<>()));
    }

    /** The words of the rules in {@code text}. */
    Hits find(String text) {
        Hits hits = new Hits(rules);
        for (int i = 0; i + 1 < text.length(); i++) {
            if (!startsWord(text, i)) continue;
            for (Word word : buckets[bucket(text, i)]) if (stands(word.text, text, i)) hits.add(word, i);
        }
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

    private static int bucket(String text, int at) {
        char first = Character.toLowerCase(text.charAt(at));
        return (first * 31 + Character.toLowerCase(text.charAt(at + 1))) & (BUCKETS - 1);
    }

    /** Where in one text the words stand that rules wait for. */
    static final class Hits {
        private final int[][] positions;
        private final int[] counts;
        private final List<int[]> labels = new ArrayList<>();

        private Hits(int rules) {
            this.positions = new int[rules][];
            this.counts = new int[rules];
        }

        private void add(Word word, int at) {
            for (int rule : word.context) {
                int[] known = positions[rule];
                if (known == null) positions[rule] = known = new int[4];
                else if (counts[rule] == known.length) positions[rule] = known = Arrays.copyOf(known, 2 * known.length);
                known[counts[rule]++] = at;
            }
            for (int rule : word.labels) labels.add(new int[] {rule, at});
        }

        /** For each label its rule and its place, in the order of the text. */
        List<int[]> labels() {
            return labels;
        }

        /** Whether a word of the rule stands shortly before {@code start} or after {@code end}. */
        boolean isNear(int rule, int start, int end) {
            return isNear(rule, start, end, start - BEFORE);
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
