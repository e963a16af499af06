// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds mail addresses written in words: {@code jane dot doe at example dot com}, {@code jane.doe [at] example.com}. */
final class SpelledEmailDetector implements Detector {
    private static final int LONGEST_LOCAL = 64;
    private static final String DOT =
            "(?:\\s?[\\[({]\\s?(?:dot|punto|punkt|point|\\.)\\s?[\\])}]\\s?|\\s(?:dot|punto|punkt|point)\\s)";
    private static final Pattern LOCAL =
            Pattern.compile("(?i)[a-z0-9_+-]{1,32}(?:(?:\\.|" + DOT + ")[a-z0-9_+-]{1,32}){0,4}$");
    private static final Pattern PLAIN_AT = Pattern.compile("(?i)\\s(?:at|arroba|chiocciola|klammeraffe)\\s");
    private static final Pattern MARKED_AT = Pattern.compile("(?i)\\s?[\\[({<]\\s?(?:at|arroba|@|a)\\s?[\\])}>]\\s?");
    private static final Pattern SPELLED_DOMAIN =
            Pattern.compile("(?i)[a-z0-9-]{1,40}(?:(?:\\.|" + DOT + ")[a-z0-9-]{1,40}){0,3}" + DOT + "[a-z]{2,12}\\b");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?i)[a-z0-9-]{1,40}(?:(?:\\.|" + DOT + ")[a-z0-9-]{1,40}){0,3}(?:\\.|" + DOT + ")[a-z]{2,12}\\b");

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.EMAIL);
    }

    @Override
    public boolean mayFind(String text, int from) {
        for (int i = 0; i + 2 < text.length(); i++)
            if (mayBeAt(text, i) && (at(PLAIN_AT, text, i) || at(MARKED_AT, text, i))) return true;
        return false;
    }

    private static boolean at(Pattern spelled, String text, int i) {
        return spelled.matcher(text).region(i, text.length()).lookingAt();
    }

    /** Looks at each white space or opening bracket, and at no other place, for a spelled {@code @}. */
    @Override
    public void find(String text, Consumer<Finding> found) {
        Matcher plain = PLAIN_AT.matcher(text);
        Matcher marked = MARKED_AT.matcher(text);
        int until = 0;
        for (int i = 0; i + 2 < text.length(); i++) {
            if (i < until || !mayBeAt(text, i)) continue;
            if (plain.region(i, text.length()).lookingAt()) until = judge(text, plain, SPELLED_DOMAIN, found);
            else if (marked.region(i, text.length()).lookingAt()) until = judge(text, marked, DOMAIN, found);
        }
    }

    /** Whether white space or a bracket stands here and, after no more of both, the first letter of a spelled {@code @}. */
    private static boolean mayBeAt(String text, int i) {
        char c = text.charAt(i);
        if (c > ' ' && "[({<".indexOf(c) < 0) return false;
        int at = i + 1;
        while (at < text.length() && at - i < 3 && " [({<".indexOf(text.charAt(at)) >= 0) at++;
        return at < text.length() && "aAcCkK@".indexOf(text.charAt(at)) >= 0;
    }

    private int judge(String text, Matcher at, Pattern domain, Consumer<Finding> found) {
        Matcher domains = domain.matcher(text).region(at.end(), text.length());
        if (!domains.lookingAt()) return at.start() + 1;
        Matcher local = LOCAL.matcher(text).region(Math.max(0, at.start() - LONGEST_LOCAL), at.start());
        if (local.find())
            found.accept(new Finding(EntityType.EMAIL, "SPELLED", local.start(), domains.end(), 0.8, name()));
        return at.end();
    }
}
