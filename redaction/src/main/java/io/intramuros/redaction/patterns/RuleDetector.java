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
 * Tries rules at each start of a word, and only those that its first character allows. Since the form of each rule is
 * bounded, time grows with the length of the text and nothing else.
 */
final class RuleDetector implements Detector {
    private static final int ASCII = 128;

    private final List<Rule> rules;
    /** For each ASCII character the numbers of the rules whose form it can start. */
    private final int[][] byFirst = new int[ASCII][];

    RuleDetector(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (char c = 0; c < ASCII; c++) byFirst[c] = startingWith(String.valueOf(c));
    }

    @SuppressWarnings("JdkObsolete") // only hitEnd tells that a longer text could match
    private int[] startingWith(String c) {
        return IntStream.range(0, rules.size())
                .filter(number -> {
                    Matcher matcher = rules.get(number).form().matcher(c);
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
        @Nullable Matcher[] matchers = new Matcher[rules.size()];
        for (int i = 0; i < text.length(); i++) {
            boolean word = startsWord(text, i);
            if (!word && !startsHump(text, i)) continue;
            for (int number : byFirst[text.charAt(i)]) {
                Rule rule = rules.get(number);
                if (!word && !rule.labelled()) continue;
                Matcher matcher = matchers[number];
                if (matcher == null) matchers[number] = matcher = matcherOf(rule, text);
                if (matcher.region(i, text.length()).lookingAt()) judge(rule, matcher, text, found);
            }
        }
    }

    private static Matcher matcherOf(Rule rule, String text) {
        return rule.form().matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    private void judge(Rule rule, Matcher matcher, String text, Consumer<Finding> found) {
        int start = matcher.start();
        int end = matcher.end();
        if (rule.labelled()) {
            start = matcher.start(1);
            end = matcher.end(1);
        } else if (!endsWord(text, end)) {
            return;
        }
        if (end <= start || !rule.check().test(rule.exact() ? text.substring(start, end) : compact(text, start, end)))
            return;
        boolean near = Context.isNear(rule.context(), text, start, end);
        if (near || rule.alone())
            found.accept(new Finding(rule.type(), rule.kind(), start, end, rule.score(near), name()));
    }

    /** The letters and digits between two indexes, upper case. */
    static String compact(String text, int start, int end) {
        StringBuilder compact = new StringBuilder(end - start);
        for (int i = start; i < end; i++) if (Character.isLetterOrDigit(text.charAt(i))) compact.append(text.charAt(i));
        return compact.toString().toUpperCase(Locale.ROOT);
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

    /** Whether the next part of a camelCase word starts here. */
    private static boolean startsHump(String text, int i) {
        char c = text.charAt(i);
        return i > 0 && c >= 'A' && c <= 'Z' && Character.isLowerCase(text.charAt(i - 1));
    }

    /** Whether nothing that belongs to it follows: no letter, no digit, no mark and digit. */
    private static boolean endsWord(String text, int end) {
        if (end >= text.length()) return true;
        char c = text.charAt(end);
        if (Character.isLetterOrDigit(c)) return false;
        return !isMark(c) || end + 1 == text.length() || !isDigit(text.charAt(end + 1));
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
