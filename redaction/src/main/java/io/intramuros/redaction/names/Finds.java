// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** What the rules found on one page, by tokens; of finds that overlap, the longer one stays, then the surer one. */
final class Finds {
    private static final Comparator<Finding> LONGEST_FIRST = Comparator.comparingInt(Finding::length)
            .thenComparingDouble(Finding::score)
            .reversed();

    private final Page page;
    private final List<Finding> all = new ArrayList<>();

    Finds(Page page) {
        this.page = page;
    }

    /** Notes tokens {@code from} to {@code to} (exclusive). */
    void add(EntityType type, int from, int to, Source source) {
        all.add(new Finding(type, null, page.start(from), page.end(to - 1), source.score(), source.detector()));
    }

    /** Notes the characters {@code start} to {@code end} (exclusive). */
    void addSpan(EntityType type, int start, int end, Source source) {
        all.add(new Finding(type, null, start, end, source.score(), source.detector()));
    }

    /** The finds without overlap. */
    List<Finding> settled() {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(LONGEST_FIRST);
        BitSet taken = new BitSet(page.text().length());
        List<Finding> kept = new ArrayList<>();
        for (Finding find : sorted) {
            if (isTaken(taken, find)) continue;
            taken.set(find.start(), find.end());
            kept.add(find);
        }
        return kept;
    }

    /** Looks at the find's own characters alone: the next one taken may be a megabyte away. */
    private static boolean isTaken(BitSet taken, Finding find) {
        for (int i = find.start(); i < find.end(); i++) if (taken.get(i)) return true;
        return false;
    }
}
