// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import java.util.List;

/**
 * A text whose personal data is known.
 *
 * @param lang its language, as {@code en}
 * @param source where it comes from, which decides what its makers marked; see {@link Scorer}
 * @param spans what must be found
 */
public record Sample(String text, String lang, String source, List<Span> spans) {
    public Sample {
        spans = List.copyOf(spans);
        for (Span span : spans)
            if (span.end > text.length())
                throw new IllegalArgumentException("end: " + span.end + " (expected: <= " + text.length() + ")");
    }

    /**
     * A part of a text.
     *
     * @param start its first UTF-16 index
     * @param end its last UTF-16 index, exclusive
     * @param type the name of an entity type, known to the redactor or not
     */
    public record Span(int start, int end, String type) {
        public Span {
            if (start < 0 || end <= start)
                throw new IllegalArgumentException("span: " + start + ".." + end + " (expected: 0 <= start < end)");
        }
    }

    @Override
    public String toString() {
        return "Sample[" + lang + ", " + source + ", " + text.length() + " chars, " + spans.size() + " spans]";
    }
}
