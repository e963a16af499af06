// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;

/** Towns of the lists; one that is a word or a person's name too needs a word of place before it. */
final class PlaceRule implements Rule {
    private static final int SHORTEST = 4;
    private static final int SHORTEST_SMALL = 5;

    private static final PhraseSet BEFORE = Cues.shipped().of("place-before");
    private static final PhraseSet STRONG = Cues.shipped().of("place-strong");

    /** Whether a word of place stands before token {@code i}. */
    static boolean led(Page page, int i) {
        return i > 0 && page.joined(i) && BEFORE.before(page, i) > 0;
    }

    @Override
    public void find(Page page, Finds finds) {
        int i = 0;
        while (i < page.size()) {
            int n = page.townAt(i);
            if (n > 0 && accepts(page, i, n)) {
                finds.add(EntityType.LOCATION, i, i + n, led(page, i) ? Source.LISTED : Source.SINGLE);
                i += n;
            } else i++;
        }
    }

    private static boolean accepts(Page page, int i, int n) {
        if (!page.free(i, i + n) || (n == 1 && page.has(i, Lexicon.NEVER))) return false;
        boolean led = led(page, i);
        if (page.shape(i) == Shape.LOWER) return small(page, i, n, led);
        if (!page.shape(i).named() || page.shape(i + n - 1) == Shape.LOWER) return false;
        if (n > 1) return true;
        if (page.shape(i) == Shape.UPPER && !(led && page.lower(i).length() > SHORTEST)) return false;
        boolean plain = !page.has(i, Lexicon.COMMON | Lexicon.GIVEN | Lexicon.SURNAME)
                && page.lower(i).length() >= SHORTEST;
        if (plain) return !nameGoesOn(page, i);
        if (parted(page, i)) return true;
        return led && !nameGoesOn(page, i) && (page.lower(i).length() >= SHORTEST || STRONG.before(page, i) > 0);
    }

    /** {@code …, Toledo.}: alone between commas or at the end. */
    private static boolean parted(Page page, int i) {
        if (!page.mark(i - 1, ',') || !page.joined(i) || page.has(i, Lexicon.GIVEN)) return false;
        if (page.language() == Language.DE && page.has(i, Lexicon.COMMON)) return false;
        return i + 1 >= page.size() || page.lineStart(i + 1) || page.mark(i + 1, '.') || page.mark(i + 1, ',');
    }

    private static boolean small(Page page, int i, int n, boolean led) {
        boolean word = page.has(i, Lexicon.COMMON | Lexicon.GIVEN);
        boolean strong = led && STRONG.before(page, i) > 0;
        if (n > 1) return strong && !word;
        return strong && !word && page.lower(i).length() >= SHORTEST_SMALL;
    }

    private static boolean nameGoesOn(Page page, int i) {
        if (!page.joined(i + 1) || page.shape(i + 1) != Shape.CAPITAL) return false;
        boolean word = page.has(i + 1, Lexicon.COMMON | Lexicon.NEVER | Lexicon.TOWN);
        return page.has(i + 1, Lexicon.SURNAME) || (!word && page.language() != Language.DE);
    }
}
