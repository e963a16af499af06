// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.BitSet;

/** Keeps the models, which know prose, from code and from words that are no names. */
final class Prose {
    private static final int MOST_CODE_MARKS = 3;
    private static final int LONGEST = 12;
    private static final int SHORTEST = 3;

    private Prose() {}

    /** Whether tokens {@code from} to {@code to} read like prose with a possible name outside of {@code taken}. */
    static boolean worth(Page page, int from, int to, BitSet taken) {
        int code = 0;
        boolean possible = false;
        for (int i = from; i < to; i++) {
            boolean mark = page.shape(i) == Shape.MARK;
            if (mark && "{}=;<>\\_$`|".indexOf(page.text().charAt(page.start(i))) >= 0) code++;
            possible |= !mark && !taken.get(page.start(i)) && possible(page, i);
        }
        return possible && code <= MOST_CODE_MARKS;
    }

    /** Whether a find of one or more words with token {@code i} could pass {@link #name}. */
    private static boolean possible(Page page, int i) {
        if (page.has(i, Lexicon.NEVER)) return false;
        boolean named = page.has(i, NameRun.NAMED | Lexicon.TOWN);
        return switch (page.shape(i)) {
            case CAPITAL, UPPER, MIXED ->
                (!page.has(i, Lexicon.COMMON) || named || !page.sentenceStart(i)) && page.free(i, i + 1);
            case LOWER -> named && !page.has(i, Lexicon.COMMON) && page.free(i, i + 1) && possibleSmall(page, i);
            case INITIAL, NUMBER, CODE, MARK -> false;
        };
    }

    /** In small letters a name is two uncommon words side by side, a town a word behind one that leads to a place. */
    private static boolean possibleSmall(Page page, int i) {
        boolean before = page.joined(i) && uncommon(page, i - 1);
        boolean after = page.joined(i + 1) && uncommon(page, i + 1);
        if (page.has(i, NameRun.NAMED) && (before || after)) return true;
        return page.has(i, Lexicon.TOWN) && (PlaceRule.led(page, i) || (before && PlaceRule.led(page, i - 1)));
    }

    private static boolean uncommon(Page page, int i) {
        return page.shape(i) != Shape.MARK
                && (!page.has(i, Lexicon.COMMON | Lexicon.NEVER) || NameRun.particle(page.lower(i)));
    }

    /** The end of a find without what cannot end a name: a person's name stops before a word in small letters or a comma. */
    static int end(Page page, EntityType type, int from, int to) {
        int end = to;
        if (type == EntityType.PERSON && page.shape(from) != Shape.LOWER) {
            end = from + 1;
            while (end < to
                    && (page.shape(end) != Shape.LOWER || NameRun.particle(page.lower(end)))
                    && !page.mark(end, ',')) end++;
        }
        while (end > from + 1
                && (page.shape(end - 1) == Shape.LOWER || page.shape(end - 1) == Shape.MARK)
                && page.shape(from) != Shape.LOWER) end--;
        return end;
    }

    /** Whether a model's find can stand: written like a name, free of code, no ordinary word by itself. */
    static boolean name(Page page, EntityType type, int from, int to) {
        if (to - from > LONGEST || !page.free(from, to) || never(page, type, from, to)) return false;
        boolean capital = false;
        boolean plain = false;
        for (int i = from; i < to; i++) {
            if (i > from && !page.joined(i)) return false;
            Shape shape = page.shape(i);
            if (shape == Shape.NUMBER && type != EntityType.ORGANIZATION) return false;
            capital |= shape == Shape.CAPITAL || shape == Shape.UPPER || shape == Shape.MIXED;
            plain |= shape != Shape.MARK && !page.has(i, Lexicon.COMMON | Lexicon.NEVER);
        }
        if (!capital) return small(page, type, from, to);
        if (to - from == 1) return single(page, type, from);
        if (type == EntityType.ORGANIZATION)
            return plain && !(page.sentenceStart(from) && page.has(from, Lexicon.COMMON));
        return plain || NameRun.any(page, from, to, NameRun.NAMED, 0);
    }

    /** A place may begin with an article or with {@code New}, a person may not. */
    private static boolean never(Page page, EntityType type, int from, int to) {
        return page.has(from, Lexicon.NEVER) && (to - from == 1 || type != EntityType.LOCATION);
    }

    /** Whether the find is an ordinary or unknown word at the beginning of a sentence, so that a model must be sure. */
    static boolean doubtful(Page page, int from, int to) {
        return to - from == 1
                && page.sentenceStart(from)
                && (page.has(from, Lexicon.COMMON) || !page.has(from, NameRun.NAMED | Lexicon.TOWN));
    }

    /** The start of a person's name with the unknown words in capitals before it, which are given names that no list holds. */
    static int start(Page page, int from) {
        int start = from;
        while (start > 0
                && page.joined(start)
                && page.shape(start - 1) == Shape.CAPITAL
                && from - start < 2
                && !page.has(start - 1, Lexicon.COMMON | Lexicon.NEVER | Lexicon.TOWN)
                && page.language() != Language.DE) start--;
        return start;
    }

    /** One word: no acronym, and an ordinary word only where the lists know it as a name and no sentence begins. */
    private static boolean single(Page page, EntityType type, int i) {
        if (page.shape(i) == Shape.UPPER || page.lower(i).length() < SHORTEST) return false;
        if (type == EntityType.PERSON
                && page.articled(i)
                && (page.language() == Language.EN || page.has(i, Lexicon.COMMON))) return false;
        int names = type == EntityType.LOCATION ? Lexicon.TOWN : NameRun.NAMED;
        if (page.has(i, Lexicon.COMMON))
            return page.has(i, names) && (!page.sentenceStart(i) || page.language() != Language.DE);
        return switch (type) {
            case PERSON -> page.has(i, names) || !page.sentenceStart(i);
            case LOCATION -> true;
            default -> false;
        };
    }

    private static boolean small(Page page, EntityType type, int from, int to) {
        if (type == EntityType.PERSON) {
            boolean plain = NameRun.words(page, from, to) > 1
                    && !NameRun.any(page, from, to, Lexicon.COMMON | Lexicon.NEVER, 0);
            return plain && NameRun.any(page, from, to, NameRun.NAMED, 0);
        }
        return type == EntityType.LOCATION
                && NameRun.any(page, from, to, Lexicon.TOWN, Lexicon.COMMON)
                && PlaceRule.led(page, from);
    }
}
