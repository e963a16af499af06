// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One kind of thing and how it is recognised.
 *
 * @param type what it is
 * @param kind its exact kind, as {@code ES_DNI}
 * @param form its whole form from its first letter or digit on. All repetitions in it are bounded, so that its cost is
 * @param labels words, in lower case, of which one must begin the form; then only the form's first group is found
 * @param check what it must satisfy
 * @param context words, in lower case, of which one must stand near; with {@code alone} they only make it surer
 * @param alone whether it is found without a word near
 */
record Rule(
        EntityType type,
        String kind,
        Pattern form,
        List<String> labels,
        Check check,
        List<String> context,
        boolean alone) {
    /** What {@code ~} in a form stands for: perhaps one separator. */
    private static final String SEPARATOR = "[-. /\u00a0\u2009\u202f]?";

    private static final Set<EntityType> NUMBERS = Set.of(
            EntityType.NATIONAL_ID,
            EntityType.VAT_ID,
            EntityType.COMPANY_ID,
            EntityType.PROFESSIONAL_ID,
            EntityType.BANK_ACCOUNT,
            EntityType.FINANCIAL_ID,
            EntityType.CREDIT_CARD,
            EntityType.DEVICE_ID);

    private static final Set<EntityType> DIGIT_SOON = Set.of(
            EntityType.DATE,
            EntityType.DATE_OF_BIRTH,
            EntityType.AGE,
            EntityType.VEHICLE,
            EntityType.MEDICAL_RECORD,
            EntityType.EMPLOYEE_ID,
            EntityType.PASSPORT,
            EntityType.DRIVER_LICENSE,
            EntityType.HEALTH_INSURANCE_ID);

    /**
     * A condition beyond the form.
     *
     * @param passes the condition
     * @param exact whether it takes what was found as it stands; else the letters and digits, upper case
     * @param proof whether it is a checksum
     */
    record Check(Predicate<String> passes, boolean exact, boolean proof) {
        private static final Check NONE = new Check(_ -> true, true, false);
    }

    /** A kind that its form alone tells. */
    static Rule of(EntityType type, String kind, String form) {
        Pattern pattern = Pattern.compile("(?:" + form.replace("~", SEPARATOR) + ")(?![A-Za-z0-9])");
        return new Rule(type, kind, pattern, List.of(), Check.NONE, List.of(), true);
    }

    /** A kind that follows a label: one of {@code labels}, divided by bars, and then the form, which has one group. */
    static Rule after(String labels, EntityType type, String kind, String form) {
        List<String> words = words(labels);
        String label = words.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?iu:", ")"));
        return new Rule(type, kind, Pattern.compile(label + form), words, Check.NONE, List.of(), true);
    }

    /** The rule with a checksum on letters and digits. */
    Rule checked(Predicate<String> checksum) {
        return with(new Check(checksum, false, true));
    }

    /** The rule with a checksum that takes it as it stands. */
    Rule exactly(Predicate<String> checksum) {
        return with(new Check(checksum, true, true));
    }

    /** The rule with a condition on letters and digits that proves nothing. */
    Rule when(Predicate<String> condition) {
        return with(new Check(condition, false, false));
    }

    /** The rule with a condition that takes it as it stands and proves nothing. */
    Rule exactWhen(Predicate<String> condition) {
        return with(new Check(condition, true, false));
    }

    /** The rule, but found only near one of {@code words}, which bars divide. */
    Rule near(String words) {
        return new Rule(type, kind, form, labels, check, words(words), false);
    }

    /** The rule, surer near one of {@code words}, which bars divide. */
    Rule surerNear(String words) {
        return new Rule(type, kind, form, labels, check, words(words), true);
    }

    private Rule with(Check other) {
        return new Rule(type, kind, form, labels, other, context, alone);
    }

    private static List<String> words(String divided) {
        return List.of(divided.split("\\|", -1));
    }

    /** Whether a label tells it. */
    boolean isLabelled() {
        return !labels.isEmpty();
    }

    /** Whether it is an identifier with at least five digits. */
    boolean isNumber() {
        return NUMBERS.contains(type);
    }

    /** Whether a digit must stand within its first dozen characters. */
    boolean hasDigitSoon() {
        return DIGIT_SOON.contains(type);
    }

    /** Whether a word speaks of the next one only, not of those that follow. */
    boolean isNextOnly() {
        return type == EntityType.DATE_OF_BIRTH;
    }

    /** How sure a find is: a checksum beats a form, a word near beats none. */
    double score(boolean wordNear) {
        if (check.proof) return wordNear ? 1 : 0.95;
        return wordNear || isLabelled() ? 0.88 : 0.8;
    }
}
