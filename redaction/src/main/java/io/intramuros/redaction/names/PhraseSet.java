// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Phrases of one kind, found in a page at a token or just before one. */
final class PhraseSet {
    private final Set<String> phrases;
    private final Map<String, Integer> longestFrom = new HashMap<>();
    private final Map<String, Integer> longestTo = new HashMap<>();

    PhraseSet(Collection<String> phrases) {
        this.phrases = Set.copyOf(phrases);
        for (String phrase : phrases) {
            Page page = new Page(phrase, Lexicon.EMPTY);
            longestFrom.merge(page.lower(0), page.size(), Math::max);
            longestTo.merge(page.lower(page.size() - 1), page.size(), Math::max);
        }
    }

    boolean has(String phrase) {
        return phrases.contains(phrase);
    }

    /** The number of tokens of the longest phrase that begins at token {@code i}, 0 if none. */
    int at(Page page, int i) {
        int most = Math.min(longestFrom.getOrDefault(page.lower(i), 0), page.size() - i);
        for (int n = most; n > 0; n--) if (line(page, i, i + n) && has(page.phrase(i, i + n))) return n;
        return 0;
    }

    /** The number of tokens of the longest phrase that ends before token {@code i}, 0 if none. */
    int before(Page page, int i) {
        if (i == 0) return 0;
        int most = Math.min(longestTo.getOrDefault(page.lower(i - 1), 0), i);
        for (int n = most; n > 0; n--) if (line(page, i - n, i) && has(page.phrase(i - n, i))) return n;
        return 0;
    }

    private static boolean line(Page page, int from, int to) {
        for (int i = from + 1; i < to; i++) if (!page.joined(i)) return false;
        return true;
    }
}
