// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of the world's countries, which by themselves say nothing about a person: a question about France must reach
 * the model as one. Beside a person or a place they say where somebody is, and count. They come from the Java runtime's own
 * locale data (Unicode CLDR).
 */
final class Countries {
    /** The score of what the words around it say. */
    private static final double CONTEXT = 0.75;

    private static final Set<String> NAMES = names();

    private Countries() {}

    /**
     * Whether a find is the name of a country and nothing more. Some are given names as well ({@code France},
     * {@code Jordan}): of these, only what stands as a name in its context is one.
     */
    static boolean isOne(Finding finding, String text) {
        boolean guessed = finding.type() == EntityType.PERSON && finding.score() < CONTEXT;
        return (guessed || finding.type() == EntityType.LOCATION)
                && NAMES.contains(
                        text.substring(finding.start(), finding.end()).strip().toLowerCase(Locale.ROOT));
    }

    /** The findings of a text, without the countries where nothing else in it is about anybody. */
    static List<Finding> without(List<Finding> findings, String text) {
        boolean personal = findings.stream()
                .anyMatch(finding -> finding.type() != EntityType.ORGANIZATION && !isOne(finding, text));
        return findings.stream()
                .filter(finding -> !isOne(finding, text) || (personal && finding.type() == EntityType.LOCATION))
                .toList();
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>();
        for (String language : List.of("en", "es", "de", "fr", "it", "nl", "pt"))
            for (String country : Locale.getISOCountries())
                names.add(Locale.of("", country)
                        .getDisplayCountry(Locale.of(language))
                        .toLowerCase(Locale.ROOT));
        return Set.copyOf(names);
    }
}
