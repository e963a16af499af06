// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One kind of thing and how it is recognised.
 *
 * @param type what it is
 * @param kind its exact kind, as {@code ES_DNI}
 * @param form its whole form from its first letter or digit on. All repetitions in it are bounded, so that its cost is
 * @param labelled whether the form begins with a label and only its first group is what is found
 * @param check what it must satisfy
 * @param exact whether {@code check} takes it as it stands; else its letters and digits, upper case
 * @param proof whether {@code check} is a checksum
 * @param context words of which one must stand near, in lower case; with {@code alone} they only make it surer
 * @param alone whether it is found without a word near
 */
record Rule(
        EntityType type,
        String kind,
        Pattern form,
        boolean labelled,
        Predicate<String> check,
        boolean exact,
        boolean proof,
        List<String> context,
        boolean alone) {
    /** What {@code ~} in a form stands for: perhaps one separator. */
    private static final String SEPARATOR = "[-. /\u00a0\u2009\u202f]?";

    /** A kind that its form alone tells. */
    static Rule of(EntityType type, String kind, String form) {
        Pattern pattern = Pattern.compile(form.replace("~", SEPARATOR));
        boolean labelled = pattern.matcher("").groupCount() > 0;
        return new Rule(type, kind, pattern, labelled, _ -> true, false, false, List.of(), true);
    }

    /** The rule with a checksum. */
    Rule checked(Predicate<String> checksum) {
        return new Rule(type, kind, form, labelled, checksum, false, true, context, alone);
    }

    /** The rule with a checksum that takes it as it stands. */
    Rule exactly(Predicate<String> checksum) {
        return new Rule(type, kind, form, labelled, checksum, true, true, context, alone);
    }

    /** The rule with a condition that proves nothing. */
    Rule when(Predicate<String> condition) {
        return new Rule(type, kind, form, labelled, condition, false, false, context, alone);
    }

    /** The rule with a condition that takes it as it stands. */
    Rule exactWhen(Predicate<String> condition) {
        return new Rule(type, kind, form, labelled, condition, true, false, context, alone);
    }

    /** The rule, but found only near one of {@code words}. */
    Rule near(String... words) {
        return new Rule(type, kind, form, labelled, check, exact, proof, List.of(words), false);
    }

    /** The rule, surer near one of {@code words}. */
    Rule surerNear(String... words) {
        return new Rule(type, kind, form, labelled, check, exact, proof, List.of(words), true);
    }

    /** How sure a find is: a checksum beats a form, a word near beats none. */
    double score(boolean wordNear) {
        if (proof) return wordNear ? 1 : 0.95;
        return wordNear ? 0.88 : 0.8;
    }
}
