// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/**
 * What one rendering may take.
 *
 * @param steps nodes evaluated and passes of loops; at least 1
 * @param characters of all texts made on the way, the result included; at least 1
 * @param depth of nested evaluation, macros included; 1 to 1,000
 */
public record Limits(long steps, long characters, int depth) {
    /** Far above what real templates need for a conversation of megabytes. */
    public static final Limits DEFAULT = new Limits(20_000_000, 1 << 28, 400);

    /** Checks the ranges. */
    public Limits {
        if (steps < 1 || characters < 1 || depth < 1 || depth > 1000) {
            throw new IllegalArgumentException("limits: " + steps + " steps, " + characters + " characters, depth "
                    + depth + " (expected: positive, depth at most 1000)");
        }
    }
}
