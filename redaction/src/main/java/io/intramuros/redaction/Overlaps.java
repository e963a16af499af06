// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The one rule for finds that overlap: validated over pattern over model, then longer over shorter. The weaker one keeps
 * what the stronger one leaves of it, so that nothing that any detector flagged comes through.
 */
public final class Overlaps {
    private static final double VALIDATED = 0.9;
    private static final double PATTERN = 0.8;
    private static final Comparator<Finding> STRONGEST_FIRST = Comparator.comparingInt(Overlaps::rank)
            .thenComparingInt(Finding::length)
            .thenComparingDouble(Finding::score)
            .reversed()
            .thenComparingInt(Finding::start)
            .thenComparing(Finding::type)
            .thenComparing(finding -> String.valueOf(finding.kind()));

    private Overlaps() {}

    /** The findings of {@code found} without overlaps, in the order of the text, and none in a surrogate of ours. */
    public static List<Finding> resolve(String text, List<Finding> found) {
        List<Finding> strongest = new ArrayList<>(found);
        strongest.sort(STRONGEST_FIRST);
        NavigableMap<Integer, Integer> taken = new TreeMap<>(SurrogateForm.spans(text));
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : strongest) {
            for (Finding left : remainders(text, finding, taken)) {
                taken.put(left.start(), left.end());
                kept.add(left);
            }
        }
        kept.sort(Comparator.comparingInt(Finding::start));
        return List.copyOf(kept);
    }

    private static int rank(Finding finding) {
        if (finding.score() >= VALIDATED) return 2;
        return finding.score() >= PATTERN ? 1 : 0;
    }

    /** The parts of {@code finding} that {@code taken} does not cover; the whole where it covers nothing of it. */
    private static List<Finding> remainders(String text, Finding finding, NavigableMap<Integer, Integer> taken) {
        Map.Entry<Integer, Integer> before = taken.floorEntry(finding.start());
        int from = before == null ? finding.start() : Math.max(finding.start(), before.getValue());
        Map<Integer, Integer> inside = taken.subMap(finding.start(), false, finding.end(), false);
        if (from == finding.start() && inside.isEmpty()) return List.of(finding);
        List<Finding> left = new ArrayList<>();
        for (Map.Entry<Integer, Integer> hole : inside.entrySet()) {
            addTrimmed(text, finding, new int[] {from, hole.getKey()}, left);
            from = hole.getValue();
        }
        addTrimmed(text, finding, new int[] {from, finding.end()}, left);
        return left;
    }

    /** Adds what is left between two indexes without the marks at its ends; a single letter or digit says nothing. */
    private static void addTrimmed(String text, Finding whole, int[] span, List<Finding> left) {
        int start = span[0];
        int end = span[1];
        while (start < end && !isWord(text, start)) start++;
        while (end > start && !isWord(text, end - 1)) end--;
        if (end - start > 1)
            left.add(new Finding(whole.type(), whole.kind(), start, end, whole.score(), whole.detector()));
    }

    private static boolean isWord(String text, int index) {
        char c = text.charAt(index);
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
