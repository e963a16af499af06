// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    /** The longest name of a month, and a blank. */
    private static final int DIGIT_SOON = 16;

    private final List<Rule> rules;
    private final WordIndex labels;
    private final WordIndex context;
    /** For each two characters the numbers of the rules whose form they can start: those of identifiers. */
    private final int[][] numbers;
    /** The same for what has a digit soon: dates, plates, records. */
    private final int[][] dated;
    /** The same for all other rules but the labelled. */
    private final int[][] others;

    RuleDetector(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.labels = new WordIndex(rules, Rule::labels);
        this.context = new WordIndex(rules, Rule::context);
        this.numbers = byStart(ruleNumbers(Rule::isNumber));
        this.dated = byStart(ruleNumbers(Rule::hasDigitSoon));
        this.others = byStart(ruleNumbers(rule -> !rule.isNumber() && !rule.hasDigitSoon()));
    }

    private int[] ruleNumbers(Predicate<Rule> those) {
        return IntStream.range(0, rules.size())
                .filter(i -> !rules.get(i).isLabelled() && those.test(rules.get(i)))
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
    public Optional<Detector> only(Set<EntityType> types) {
        List<Rule> wanted =
                rules.stream().filter(rule -> types.contains(rule.type())).toList();
        if (wanted.isEmpty()) return Optional.empty();
        return Optional.of(wanted.size() == rules.size() ? this : new RuleDetector(wanted));
    }

    /** Ordinary words, with no digit and no mark of an assignment before them, are no part of anything with a form. */
    @Override
    public boolean mayFind(String text, int from) {
        return !DullWords.are(text, from);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        new Search(text, found).run();
    }

    /** One pass over one text. */
    private final class Search {
        private final String text;
        private final Consumer<Finding> found;
        private final @Nullable Matcher[] matchers = new Matcher[rules.size()];
        private WordIndex.@Nullable Hits near;
        /** Where the next digit stands from the place that is looked at; beyond the text where none does. */
        private int digit = -1;

        private Search(String text, Consumer<Finding> found) {
            this.text = text;
            this.found = found;
        }

        private void run() {
            for (int i = 0; i < text.length(); i++) {
                if (!startsWord(text, i)) continue;
                int start = text.charAt(i) * ASCII + second(i);
                tryAll(others[start], i);
                if (digit < i) digit = nextDigit(i);
                if (digit - i < DIGIT_SOON) tryAll(dated[start], i);
                if (digit - i < LETTERS_BEFORE_DIGIT && numbers[start].length > 0 && hasDigits(text, i))
                    tryAll(numbers[start], i);
            }
            labels.find(text, this::tryAt);
        }

        private int nextDigit(int from) {
            int i = from;
            while (i < text.length() && !isDigit(text.charAt(i))) i++;
            return i < text.length() ? i : Integer.MAX_VALUE;
        }

        /** The context words are looked for when the first rule asks for one: most texts have nothing that does. */
        private boolean isNear(int number, int start, int end, int from) {
            if (near == null) near = context.hits(text);
            return near.isNear(number, start, end, from);
        }

        private boolean isNear(int number, int start, int end) {
            return isNear(number, start, end, 0);
        }

        private int second(int i) {
            char c = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            return c < ASCII ? c : 0;
        }

        private void tryAll(int[] some, int at) {
            for (int number : some)
                if (rules.get(number).alone() || isNear(number, at, at + LONGEST)) tryAt(number, at);
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
            boolean near = rule.isNextOnly() ? isNear(number, start, end, lastYear(start)) : isNear(number, start, end);
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
        if (!isDigit(text.charAt(start))) return true; // one stands soon after, as the caller knows
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
