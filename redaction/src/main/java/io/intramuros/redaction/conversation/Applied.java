// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A finding and what became of it. It holds nothing of the text found.
 *
 * @param type what was found
 * @param kind the exact form; null where the type says it all
 * @param start first UTF-16 index in the slot's own text, inclusive
 * @param end last UTF-16 index, exclusive
 * @param score confidence, 0 to 1
 * @param action what the plan says
 * @param replacement what stands in the new text; null where the text stays
 * @param detector the name of who found it
 */
public record Applied(
        EntityType type,
        @Nullable String kind,
        int start,
        int end,
        double score,
        Action action,
        @Nullable String replacement,
        String detector) {

    static Applied of(Finding finding, Action action, @Nullable String replacement) {
        return new Applied(
                finding.type(),
                finding.kind(),
                finding.start(),
                finding.end(),
                finding.score(),
                action,
                replacement,
                finding.detector());
    }

    /** The same in a text that starts {@code offset} before this one. */
    Applied movedBy(int offset) {
        return new Applied(type, kind, start + offset, end + offset, score, action, replacement, detector);
    }
}
