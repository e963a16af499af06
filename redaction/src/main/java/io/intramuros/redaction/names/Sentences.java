// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** Where sentences end, roughly: a full stop after a word of three letters or more, and a capital after it. */
final class Sentences {
    private static final int ABBREVIATION = 3;

    private Sentences() {}

    /** Whether a sentence ends between tokens {@code from} and {@code to}. */
    static boolean inside(Page page, int from, int to) {
        for (int i = from + 1; i + 1 < to; i++) if (endsAt(page, i)) return true;
        return false;
    }

    /** Whether token {@code i} is the mark that ends a sentence. */
    static boolean endsAt(Page page, int i) {
        if (page.mark(i, '!') || page.mark(i, '?')) return true;
        if (!page.mark(i, '.') || i == 0 || page.touching(i + 1)) return false;
        return page.lower(i - 1).length() > ABBREVIATION
                || page.shape(i - 1) == Shape.LOWER
                || page.shape(i - 1) == Shape.MARK;
    }
}
