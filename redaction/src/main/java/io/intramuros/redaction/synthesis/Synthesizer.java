// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.synthesis;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Makes up a value of the form of a real one: a name for a name, a card number whose check digit is right for a card
 * number. What the detectors took the real value for, they take the made-up one for, in the same place. The same seeds
 * give the same value. Safe for use by several threads at once.
 */
public final class Synthesizer {
    /** A kind with two check digits and a date in it needs some hundreds. */
    private static final int MOST_TRIES = 6_000;

    private static final int CONTEXT = 48;
    private static final double VALIDATED = 0.9;
    private static final String PATTERNS = Patterns.detectors().getFirst().name();

    private final Redactor judge;

    private Synthesizer(Redactor judge) {
        this.judge = judge;
    }

    /** The one that is judged by the detectors of {@link Patterns}. */
    public static Synthesizer standard() {
        return Shared.STANDARD;
    }

    private static final class Shared {
        private static final Synthesizer STANDARD = new Synthesizer(Redactor.of(Patterns.detectors()));
    }

    /**
     * A value in the place of what {@code finding} covers; empty where none could be made that the detectors take for
     * the same.
     *
     * @param text what the finding is in
     * @param seeds a seed for each try, from 0 on
     */
    public Optional<String> replace(Finding finding, String text, LongUnaryOperator seeds) {
        String value = text.substring(finding.start(), finding.end());
        // The checks of other wallets are 30 bits and more, and nobody needs one.
        if (finding.type() == EntityType.CRYPTO_WALLET && !value.startsWith("0x")) return Optional.empty();
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            SplittableRandom random = new SplittableRandom(seeds.applyAsLong(attempt));
            String made = candidate(finding, value, attempt, random);
            if (!made.equals(value) && (!mustJudge(finding) || isTakenFor(finding, text, made)))
                return Optional.of(made);
        }
        return Optional.empty();
    }

    private static String candidate(Finding finding, String value, int attempt, SplittableRandom random) {
        return switch (finding.type()) {
            case PERSON -> Words.person(value, random);
            case ORGANIZATION -> Words.organization(value, random);
            case LOCATION -> Words.place(value, random);
            case ADDRESS -> Words.address(value, random);
            case EMAIL -> Words.email(random);
            case USERNAME -> Words.username(random);
            case URL -> Words.url(random);
            case IP -> Numbers.ip(value, random);
            case MAC -> Numbers.mac(value, random);
            case DATE, DATE_OF_BIRTH -> Numbers.date(value, random);
            case AGE -> Numbers.digits(value, random);
            case IBAN -> Numbers.iban(value, random);
            case CREDIT_CARD -> Numbers.card(value, random);
            case PHONE -> Numbers.phone(value, random);
            case CRYPTO_WALLET -> Numbers.hex(value, random);
            case SECRET, CUSTOM -> Numbers.sameForm(value, 0, random);
            default -> Numbers.sameForm(value, attempt, random);
        };
    }

    /** Only what has a form of its own can be made wrong. */
    private static boolean mustJudge(Finding finding) {
        EntityType type = finding.type();
        return finding.detector().equals(PATTERNS) && (type.form() == EntityType.Form.NUMBER || type == EntityType.BIC);
    }

    /** Whether {@code made}, where the value stood, is found as the value was. */
    private boolean isTakenFor(Finding finding, String text, String made) {
        int from = Math.max(0, finding.start() - CONTEXT);
        int start = finding.start() - from;
        String window = text.substring(from, finding.start())
                + made
                + text.substring(finding.end(), Math.min(text.length(), finding.end() + CONTEXT));
        return judge.find(window).stream()
                .anyMatch(found -> found.type() == finding.type()
                        && Objects.equals(found.kind(), finding.kind())
                        && found.score() >= Math.min(VALIDATED, finding.score())
                        && found.start() <= start
                        && found.end() >= start + made.length());
    }

    @Override
    public String toString() {
        return "Synthesizer";
    }
}
