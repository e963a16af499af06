// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import java.util.List;
import java.util.stream.Stream;

/** The door to all detectors of things that have a form. */
public final class Patterns {
    static final String NAME = "pattern";

    private static final List<Detector> DETECTORS = List.of(
            new RuleDetector(rules()),
            new AzureSecretDetector(),
            new EmailDetector(),
            new SpelledEmailDetector(),
            new IbanDetector(),
            new PhoneDetector(),
            new NetworkDetector(),
            new UrlDetector(),
            new PrivateKeys());

    private Patterns() {}

    /** A detector for each family of forms; they keep no state. */
    public static List<Detector> detectors() {
        return DETECTORS;
    }

    private static List<Rule> rules() {
        return Stream.of(
                        EuropeRules.all(),
                        AmericasRules.all(),
                        WorldRules.all(),
                        TradeRules.all(),
                        FinanceRules.all(),
                        SecretRules.all(),
                        DateRules.all(),
                        LabelRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
