// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import java.util.List;
import java.util.stream.Stream;

/** The door to all detectors of things that have a form. */
public final class Patterns {
    static final String NAME = "pattern";

    private Patterns() {}

    /** A detector for each family of forms; they share nothing and keep no state. */
    public static List<Detector> detectors() {
        List<Rule> rules = Stream.of(
                        EuropeRules.all(), AmericasRules.all(), FinanceRules.all(), SecretRules.all(), LabelRules.all())
                .flatMap(List::stream)
                .toList();
        return List.of(
                new RuleDetector(rules),
                new EmailDetector(),
                new IbanDetector(),
                new PhoneDetector(),
                new NetworkDetector(),
                new UrlDetector(),
                new PrivateKeys());
    }
}
