// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import org.jspecify.annotations.Nullable;

/**
 * One find in a text. It holds no text, so that it can be printed.
 *
 * @param type what was found
 * @param kind the exact form, as {@code ES_DNI}; null where the type says it all
 * @param start first UTF-16 index, inclusive
 * @param end last UTF-16 index, exclusive; greater than {@code start}
 * @param score confidence, 0 to 1: 0.9 and above is validated by a checksum, 0.8 and above a form that nothing else has,
 *     below that a model
 * @param detector the name of the {@link Detector} that found it
 */
public record Finding(EntityType type, @Nullable String kind, int start, int end, double score, String detector) {
    public Finding {
        if (start < 0 || end <= start)
            throw new IllegalArgumentException("span: " + start + ".." + end + " (expected: 0 <= start < end)");
        if (!(score >= 0 && score <= 1)) throw new IllegalArgumentException("score: " + score + " (expected: 0 to 1)");
    }

    /** The number of UTF-16 units that the finding covers. */
    public int length() {
        return end - start;
    }
}
