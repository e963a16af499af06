// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds personal data in a text with a list of detectors and settles where they disagree. Safe for use by several
 * threads at once.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.of(Patterns.detectors());
 * String safe = redactor.mask("My card is 4111 1111 1111 1111"); // My card is [CREDIT_CARD]
 * }</pre>
 */
public final class Redactor {
    private final List<Detector> detectors;

    private Redactor(List<Detector> detectors) {
        this.detectors = List.copyOf(detectors);
    }

    /** A redactor that asks each of {@code detectors}. */
    public static Redactor of(List<Detector> detectors) {
        return new Redactor(detectors);
    }

    /**
     * What was found, in the order of the text, none overlapping another. What stands inside a surrogate of ours is not
     * found.
     *
     * @throws RedactionFailedException when a detector fails
     */
    public List<Finding> find(String text) {
        if (text.isEmpty()) return List.of();
        List<Finding> found = new ArrayList<>();
        for (Detector detector : detectors) findWith(detector, text, found);
        return Overlaps.resolve(text, found);
    }

    /** The text with each find written as its type in brackets. */
    public String mask(String text) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (Finding finding : find(text)) {
            masked.append(text, from, finding.start())
                    .append('[')
                    .append(finding.type())
                    .append(']');
            from = finding.end();
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static void findWith(Detector detector, String text, List<Finding> found) {
        try {
            detector.find(text, finding -> {
                if (finding.end() > text.length())
                    throw new IndexOutOfBoundsException(
                            "end: " + finding.end() + " (expected: <= " + text.length() + ")");
                found.add(finding);
            });
        } catch (RuntimeException | StackOverflowError e) {
            throw RedactionFailedException.of(detector.name(), e);
        }
    }
}
