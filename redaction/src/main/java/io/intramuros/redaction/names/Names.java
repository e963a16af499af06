// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.Detector;
import java.util.List;

/** The detectors of persons, organisations, places and addresses. What they read is loaded once, on the first use. */
public final class Names {
    private Names() {}

    /** The detectors of this package; they are shared and safe for use by several threads at once. */
    public static List<Detector> detectors() {
        return Shared.DETECTORS;
    }

    private static final class Shared {
        static final List<Detector> DETECTORS = List.of(new NameDetector(Lexicon.shipped(), rules()));

        private static List<Rule> rules() {
            return List.of(
                    new FieldRule(),
                    new TableRule(),
                    new TitleRule(),
                    new GreetingRule(),
                    new IntroRule(),
                    new AddressRule(),
                    new OrganizationRule(),
                    new PersonRule(),
                    new PlaceRule());
        }
    }
}
