// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import java.text.Normalizer;
import java.util.Locale;

/** The one spelling under which the spellings of a value get the same surrogate. */
final class Canonical {
    private Canonical() {}

    /** The spelling for {@code type}: exact for what is written exactly, without marks and case for the rest. */
    static String of(EntityType type, String value) {
        return switch (type.form()) {
            case VERBATIM, FREE -> value;
            case NAME, DATE, WORD -> folded(value);
            case CODE, NUMBER -> compact(folded(value), type);
        };
    }

    /** NFKC, case folded (upper first, so that ß is ss), white space collapsed. */
    private static String folded(String value) {
        String normal = Normalizer.normalize(value, Normalizer.Form.NFKC);
        return normal.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }

    /** Letters, digits and a leading plus; an IP address keeps its marks, which carry meaning. */
    private static String compact(String folded, EntityType type) {
        if (type == EntityType.IP) return folded;
        StringBuilder kept = new StringBuilder();
        folded.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) || (c == '+' && kept.isEmpty()))
                .forEach(kept::appendCodePoint);
        return kept.isEmpty() ? folded : kept.toString();
    }
}
