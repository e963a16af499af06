// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.vault.JsonEscapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot as detectors see it: JSON with its strings unescaped, so that an escape hides nothing and keys give context to
 * values, and with a map back. Replacements keep within one string or number, so that the JSON stays JSON.
 */
final class View {
    private final String slot;
    private final String text;
    private final @Nullable JsonScan json;

    private View(String slot, String text, @Nullable JsonScan json) {
        this.slot = slot;
        this.text = text;
        this.json = json;
    }

    static View of(Slot slot) {
        JsonScan json = slot.place() == Place.JSON ? JsonScan.of(slot.text()) : null;
        return new View(slot.text(), json == null ? slot.text() : json.text(), json);
    }

    /** The slot's own text. */
    String slot() {
        return slot;
    }

    /** What detectors see. */
    String text() {
        return text;
    }

    /** A replacement as it must be written into the slot's own text. */
    String written(String replacement) {
        return json == null ? replacement : JsonEscapes.of(replacement);
    }

    /** The findings cut where they leave a string or number. */
    List<Finding> pieces(List<Finding> findings) {
        if (json == null) return findings;
        List<Finding> pieces = new ArrayList<>();
        for (Finding finding : findings) {
            for (JsonScan.Literal literal : json.literalsIn(finding.start(), finding.end())) {
                int start = Math.max(literal.start(), finding.start());
                int end = Math.min(literal.end(), finding.end());
                if (start < end)
                    pieces.add(new Finding(
                            finding.type(), finding.kind(), start, end, finding.score(), finding.detector()));
            }
        }
        return pieces;
    }

    /** The finding with the indexes of the slot's own text. */
    Finding raw(Finding finding) {
        if (json == null) return finding;
        return new Finding(
                finding.type(),
                finding.kind(),
                json.raw(finding.start()),
                json.raw(finding.end()),
                finding.score(),
                finding.detector());
    }

    /** Start and end in the slot's text of the JSON number that holds the finding; null where none does. */
    int @Nullable [] numberAround(Finding finding) {
        if (json == null) return null;
        for (JsonScan.Literal literal : json.literalsIn(finding.start(), finding.end()))
            if (literal.number()) return new int[] {json.raw(literal.start()), json.raw(literal.end())};
        return null;
    }
}
