// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries rules at each start of a word, and only those that its first two characters and the words around it allow. Since
 * the form of each rule is bounded, time grows with the length of the text and nothing else.
 */
final class RuleDetector implements Detector {
    private static final int ASCII = 128;
    /** Stands for all characters beyond ASCII. */
    private static final char BEYOND = '\u00e9';
    /** What stands before the characters when asking which rules they can start: forms that look back accept it. */
    private static final String BEFORE = " *";
    /** A rule that wants a word near is tried where one stands within this distance from its start. */
    private static final int LONGEST = 48;

    private static final int FEWEST_DIGITS = 5;
    private static final int YEAR_DIGITS = 4;
    private static final int LETTERS_BEFORE_DIGIT = 12;

    private final List<Rule> rules;
    private final WordIndex words;
    /** For each two characters the numbers of the rules whose form they can start: those of identifiers. */
    private final int[][] numbers;
    /** The same for all other rules but the labelled. */
    private final int[][] others;

    RuleDetector(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.words = new WordIndex(rules);
        this.numbers = byStart(ruleNumbers(true));
        this.others = byStart(ruleNumbers(false));
    }

    private int[] ruleNumbers(boolean number) {
        return IntStream.range(0, rules.size())
                .filter(i -> !rules.get(i).isLabelled() && rules.get(i).isNumber() == number)
                .toArray();
    }

    private int[][] byStart(int[] some) {
        int[][] byStart = new int[ASCII * ASCII][];
        for (char first = 0; first < ASCII; first++) {
            if (!isAlphanumeric(first)) continue;
            int[] starting = startingWith(String.valueOf(first), some);
            for (char second = 0; second < ASCII; second++)
                byStart[first * ASCII + second] =
                        startingWith(String.valueOf(first) + (second == 0 ? BEYOND : second), starting);
        }
        return byStart;
    }

    @SuppressWarnings("JdkObsolete") // only hitEnd tells that a longer text could match
    private int[] startingWith(String start, int[] some) {
        String text = BEFORE + start;
        return IntStream.of(some)
                .filter(number -> {
                    Matcher matcher = matcherOf(rules.get(number), text).region(BEFORE.length(), text.length());
                    return matcher.lookingAt() || matcher.hitEnd();
                })
                .toArray();
    }

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        new Search(text, words.find(text), found).run();
    }

    /** One pass over one text. */
    private final class Search {
        private final String text;
        private final WordIndex.Hits hits;
        private final Consumer<Finding> found;
        private final @Nullable Matcher[] matchers = new Matcher[rules.size()];

        private Search(String text, WordIndex.Hits hits, Consumer<Finding> found) {
            this.text = text;
            this.hits = hits;
            this.found = found;
        }

        private void run() {
            for (int i = 0; i < text.length(); i++) {
                if (!startsWord(text, i)) continue;
                int start = text.charAt(i) * ASCII + second(i);
                tryAll(others[start], i);
                if (numbers[start].length > 0 && hasDigits(text, i)) tryAll(numbers[start], i);
            }
            for (int[] label : hits.labels()) tryAt(label[0], label[1]);
        }

        private int second(int i) {
            char c = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            return c < ASCII ? c : 0;
        }

        private void tryAll(int[] some, int at) {
            for (int number : some)
                if (rules.get(number).alone() || hits.isNear(number, at, at + LONGEST)) tryAt(number, at);
        }

        private void tryAt(int number, int at) {
            Rule rule = rules.get(number);
            Matcher matcher = matchers[number];
            if (matcher == null) matchers[number] = matcher = matcherOf(rule, text);
            if (!matcher.region(at, text.length()).lookingAt()) return;
            int group = rule.isLabelled() ? 1 : 0;
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (!rule.isLabelled() && isFollowedByDigit(text, end)) return;
            if (!rule.check().passes().test(rule.check().exact() ? text.substring(start, end) : compact(start, end)))
                return;
            boolean near = rule.isNextOnly()
                    ? hits.isNear(number, start, end, lastYear(start))
                    : hits.isNear(number, start, end);
            if (near || rule.alone())
                found.accept(new Finding(rule.type(), rule.kind(), start, end, rule.score(near), name()));
        }

        /** Where the last four digits in a row before {@code start} end. */
        private int lastYear(int start) {
            int digits = 0;
            for (int i = start - 1; i >= Math.max(0, start - LONGEST); i--) {
                digits = isDigit(text.charAt(i)) ? digits + 1 : 0;
                if (digits == YEAR_DIGITS) return i + YEAR_DIGITS;
            }
            return 0;
        }

        /** The letters and digits between two indexes, upper case. */
        private String compact(int start, int end) {
            StringBuilder compact = new StringBuilder(end - start);
            for (int i = start; i < end; i++)
                if (Character.isLetterOrDigit(text.charAt(i))) compact.append(text.charAt(i));
            return compact.toString().toUpperCase(Locale.ROOT);
        }
    }

    private static Matcher matcherOf(Rule rule, String text) {
        return rule.form().matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    /** Whether a word or number starts here, and not the next group of a number. */
    private static boolean startsWord(String text, int i) {
        char c = text.charAt(i);
        if (c >= ASCII || !isAlphanumeric(c)) return false;
        if (i == 0) return true;
        char before = text.charAt(i - 1);
        if (Character.isLetterOrDigit(before)) return false;
        return i == 1 || !isDigit(c) || !isMark(before) || !isDigit(text.charAt(i - 2));
    }

    /** Whether enough digits stand here for an identifier: soon after letters, or with at most two letters between. */
    private static boolean hasDigits(String text, int start) {
        if (!isDigit(text.charAt(start))) {
            for (int i = start + 1; i < Math.min(text.length(), start + LETTERS_BEFORE_DIGIT); i++)
                if (isDigit(text.charAt(i))) return true;
            return false;
        }
        int digits = 0;
        int between = 0;
        for (int i = start; i < text.length() && between <= 2 && digits < FEWEST_DIGITS; i++) {
            if (isDigit(text.charAt(i))) {
                digits++;
                between = 0;
            } else {
                between++;
            }
        }
        return digits == FEWEST_DIGITS;
    }

    private static boolean isFollowedByDigit(String text, int end) {
        return end + 1 < text.length() && isMark(text.charAt(end)) && isDigit(text.charAt(end + 1));
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '-' || c == '/' || c == ',';
    }

    private static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
