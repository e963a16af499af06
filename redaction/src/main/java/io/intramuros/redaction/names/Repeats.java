// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Second mentions: one word of a person's full name that stands alone elsewhere in the text. */
final class Repeats {
    private static final int SHORTEST = 3;

    private Repeats() {}

    /** The second mentions of the persons among {@code findings}, outside of {@code taken}. */
    static List<Finding> find(Page page, List<Finding> findings, BitSet taken) {
        Set<String> words = new HashSet<>();
        for (Finding finding : findings) if (finding.type() == EntityType.PERSON) collect(page, finding, words);
        List<Finding> again = new ArrayList<>();
        for (int i = 0; i < page.size() && !words.isEmpty(); i++) {
            if (taken.get(page.start(i)) || !again(page, i, words)) continue;
            Source source = Source.SINGLE;
            again.add(new Finding(
                    EntityType.PERSON, null, page.start(i), page.end(i), source.score(), source.detector()));
        }
        return again;
    }

    private static void collect(Page page, Finding person, Set<String> words) {
        for (int i = page.tokenFrom(person.start()); i < page.size() && page.end(i) <= person.end(); i++) {
            boolean word = page.shape(i).named() && page.lower(i).length() >= SHORTEST && !page.has(i, Lexicon.NEVER);
            if (word) words.add(page.lower(i));
        }
    }

    private static boolean again(Page page, int i, Set<String> words) {
        if (page.shape(i) != Shape.CAPITAL || !words.contains(page.lower(i)) || !page.free(i, i + 1)) return false;
        return !page.has(i, Lexicon.COMMON)
                || (page.has(i, NameRun.NAMED) && !page.sentenceStart(i) && !article(page, i));
    }

    /** German nouns have a capital too: {@code der Vogel} is a bird, {@code Vogel} alone the person. */
    private static boolean article(Page page, int i) {
        return i > 0
                && page.joined(i)
                && page.has(i - 1, Lexicon.NEVER | Lexicon.COMMON)
                && page.shape(i - 1) == Shape.LOWER;
    }
}
