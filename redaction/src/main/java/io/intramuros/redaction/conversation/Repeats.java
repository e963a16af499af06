// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Values found once, to be found wherever they stand again as whole words. For each word of a text it looks only at the
 * lengths of the values that begin with that word, so a thousand values cost no more than a few.
 */
final class Repeats {
    /** Too common in themselves to be the same datum again. */
    private static final Set<EntityType> NOT_REPEATED = EnumSet.of(EntityType.DATE, EntityType.AGE);

    private static final int SHORTEST = 3;
    private static final int LONGEST = 256;

    private final Map<String, Finding> values = new HashMap<>();
    private final Map<String, NavigableSet<Integer>> lengthsByFirstWord = new HashMap<>();

    /** Remembers the value that {@code finding} covers. */
    void learn(String text, Finding finding) {
        if (NOT_REPEATED.contains(finding.type()) || finding.length() > LONGEST) return;
        int start = finding.start();
        while (start < finding.end() && !isWord(text.charAt(start))) start++;
        String value = text.substring(start, finding.end());
        if (value.length() < SHORTEST || values.putIfAbsent(value, finding) != null) return;
        lengthsByFirstWord
                .computeIfAbsent(value.substring(0, wordEnd(value, 0)), _ -> new TreeSet<>())
                .add(value.length());
    }

    /** Whether nothing was learnt. */
    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Hands each repeat in {@code text} to {@code found}; the finds already known among them. */
    void find(String text, Consumer<Finding> found) {
        int index = 0;
        while (index < text.length()) {
            if (!isWord(text.charAt(index))) {
                index++;
                continue;
            }
            int end = wordEnd(text, index);
            NavigableSet<Integer> lengths = lengthsByFirstWord.get(text.substring(index, end));
            if (lengths != null) findLongest(text, index, lengths, found);
            index = end;
        }
    }

    private void findLongest(String text, int start, NavigableSet<Integer> lengths, Consumer<Finding> found) {
        for (int length : lengths.descendingSet()) {
            int end = start + length;
            if (end > text.length() || !endsWord(text, end)) continue;
            Finding first = values.get(text.substring(start, end));
            if (first == null) continue;
            found.accept(new Finding(first.type(), first.kind(), start, end, first.score(), first.detector()));
            return;
        }
    }

    private static boolean endsWord(String text, int end) {
        return end == text.length() || !isWord(text.charAt(end)) || !isWord(text.charAt(end - 1));
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) end++;
        return end;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
