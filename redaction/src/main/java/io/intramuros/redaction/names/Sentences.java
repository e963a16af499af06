// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.List;

/** Where sentences end, roughly: a full stop after a word of three letters or more, and a capital after it. */
final class Sentences {
    private static final int ABBREVIATION = 3;
    /** In tokens; a model needs no more. */
    private static final int LONGEST = 100;

    private Sentences() {}

    /** Whether a sentence ends between tokens {@code from} and {@code to}. */
    static boolean inside(Page page, int from, int to) {
        for (int i = from + 1; i + 1 < to; i++) if (endsAt(page, i)) return true;
        return false;
    }

    /** Cuts a page at line breaks and sentence ends; each piece is the first token and the one after its last. */
    static List<int[]> of(Page page) {
        List<int[]> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= page.size(); i++) {
            if (i < page.size() && !page.lineStart(i) && !endsAt(page, i - 1) && i - from < LONGEST) continue;
            pieces.add(new int[] {from, i});
            from = i;
        }
        return pieces;
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
