// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Set;

/** How far a person's name reaches: name words, initials, and the small words between them. */
final class NameRun {
    static final int NAMED = Lexicon.GIVEN | Lexicon.SURNAME;

    private static final Set<String> PARTICLES = Set.of(
            "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "della", "dei", "degli", "van", "von",
            "der", "den", "zu", "zur", "zum", "vom", "bin", "ibn", "al", "el", "ben", "le", "du", "des", "ten", "ter",
            "te", "op", "af", "av", "dal", "d'", "y", "'t", "i");
    /** Articles too: part of a name only behind {@code von} and the like. */
    private static final Set<String> AFTER_VON = Set.of("der", "den", "zu", "des", "i");

    private static final Set<String> LEADING = Set.of("von", "van", "vom", "zu", "ter", "ten", "d'", "di");
    private static final Set<String> BEFORE_DER = Set.of("von", "van", "in", "an", "auf", "aan", "op", "und");
    private static final int ACRONYM = 4;

    private NameRun() {}

    /** Whether {@code word} is one of the small words inside names. */
    static boolean particle(String word) {
        return PARTICLES.contains(word) && !word.equals("y") && !word.equals("i");
    }

    /**
     * The end (exclusive) of the name of at most {@code most} words that begins at {@code from} in capitals; {@code from} if
     * none does. Small words before the first name word are taken only with {@code led}.
     */
    static int capitals(Page page, int from, int most, boolean led) {
        int last = from;
        int words = 0;
        int i = from;
        while (i < page.size() && words < most && (i == from || page.joined(i))) {
            if (words > 0 && i > from && page.touching(i) && !page.mark(i - 1, '.')) break;
            if (nameWord(page, i, from, words)) {
                words++;
                i = afterDot(page, i);
                last = i;
            } else if ((words > 0 ? small(page, i) : led && leads(page, i, from)) && page.joined(i + 1)) {
                i++;
            } else break;
        }
        return last;
    }

    /** Whether a name may begin with the small word at {@code i}: {@code von der Leyen}, {@code de Lange}. */
    private static boolean leads(Page page, int i, int from) {
        if (i > from) return small(page, i);
        return LEADING.contains(page.lower(i)) || (page.lower(i).equals("de") && page.language() == Language.NL);
    }

    private static boolean small(Page page, int i) {
        if (AFTER_VON.contains(page.lower(i))) return i > 0 && BEFORE_DER.contains(page.lower(i - 1));
        return (PARTICLES.contains(page.lower(i)) && page.shape(i) != Shape.UPPER)
                || (page.mark(i, '\'')
                        && i + 1 < page.size()
                        && page.lower(i + 1).equals("t"));
    }

    private static boolean nameWord(Page page, int i, int from, int words) {
        Shape shape = page.shape(i);
        if (shape == Shape.INITIAL)
            return (page.mark(i + 1, '.') && page.touching(i + 1)) || (words > 0 && page.joined(i + 1));
        if (!shape.named() || page.has(i, Lexicon.NEVER)) return false;
        if (words == 0) return true;
        if (page.has(i, Lexicon.COMMON) && !page.has(i, NAMED) && !particle(page.lower(i - 1))) return false;
        return !(shape == Shape.UPPER
                && page.shape(from) == Shape.CAPITAL
                && page.lower(i).length() <= ACRONYM);
    }

    private static int afterDot(Page page, int i) {
        boolean dot = page.shape(i) == Shape.INITIAL && page.mark(i + 1, '.') && page.touching(i + 1);
        return dot ? i + 2 : i + 1;
    }

    /**
     * The end (exclusive) of a name in small letters that begins at {@code from}: words that are names, or that no list
     * holds; {@code from} if the first word is neither.
     */
    static int smalls(Page page, int from, int most) {
        int last = from;
        int words = 0;
        int i = from;
        while (i < page.size() && words < most && (i == from || page.joined(i)) && page.shape(i) == Shape.LOWER) {
            boolean name = !page.has(i, Lexicon.NEVER)
                    && (!page.has(i, Lexicon.COMMON) || (words > 0 && page.has(i, Lexicon.SURNAME)));
            if (words > 0 && PARTICLES.contains(page.lower(i))) {
                i++;
            } else if (name && page.lower(i).length() > 1) {
                words++;
                last = ++i;
            } else break;
        }
        return last;
    }

    /** The number of words of tokens {@code from} to {@code to} that are neither small words nor marks. */
    static int words(Page page, int from, int to) {
        int words = 0;
        for (int i = from; i < to; i++) if (page.shape(i) != Shape.MARK && !PARTICLES.contains(page.lower(i))) words++;
        return words;
    }

    /** Whether one of the tokens {@code from} to {@code to} has a flag of {@code mask} and none of {@code unless}. */
    static boolean any(Page page, int from, int to, int mask, int unless) {
        for (int i = from; i < to; i++) if (page.has(i, mask) && !page.has(i, unless)) return true;
        return false;
    }
}
