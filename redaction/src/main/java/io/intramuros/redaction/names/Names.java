// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.Detector;
import java.util.List;
import java.util.stream.Stream;

/** The detectors of persons, organisations, places and addresses. What they read is loaded once, on the first use. */
public final class Names {
    private Names() {}

    /** The detectors of this package; they are shared and safe for use by several threads at once. */
    public static List<Detector> detectors() {
        return Shared.DETECTORS;
    }

    /** The rules that need words around a name. */
    static List<Rule> contextRules() {
        return List.of(new FieldRule(), new TableRule(), new TitleRule(), new GreetingRule(), new IntroRule());
    }

    /** The rules that need lists or forms. */
    static List<Rule> listRules() {
        return List.of(new AddressRule(), new OrganizationRule(), new PersonRule(), new PlaceRule());
    }

    /** A detector of {@code rules} and {@code models}. */
    static Detector detector(List<Rule> rules, Models models) {
        return new NameDetector(Lexicon.shipped(), rules, new Trained(models));
    }

    private static final class Shared {
        static final List<Detector> DETECTORS = List.of(detector(
                Stream.concat(contextRules().stream(), listRules().stream()).toList(), Models.shipped()));
    }
}
