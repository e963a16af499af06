// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
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
    public void find(String text, Consumer<Finding> found) {
        find(text, PLAIN_AT, SPELLED_DOMAIN, found);
        find(text, MARKED_AT, DOMAIN, found);
    }

    private void find(String text, Pattern at, Pattern domain, Consumer<Finding> found) {
        Matcher ats = at.matcher(text);
        Matcher domains = domain.matcher(text);
        while (ats.find()) {
            if (!domains.region(ats.end(), text.length()).lookingAt()) continue;
            Matcher local = LOCAL.matcher(text).region(Math.max(0, ats.start() - LONGEST_LOCAL), ats.start());
            if (local.find())
                found.accept(new Finding(EntityType.EMAIL, "SPELLED", local.start(), domains.end(), 0.8, name()));
        }
    }
}
