// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Persons by the lists: a given name and what follows it, a surname and a given name, an initial and a surname. */
final class PersonRule implements Rule {
    private static final int MOST_WORDS = 5;
    private static final int MOST_SMALL = 3;

    private static final List<PhraseSet> NO_START = List.of(
            Cues.shipped().of("title"),
            Cues.shipped().of("role"),
            Cues.shipped().of("key-person"),
            Cues.shipped().of("greeting"),
            Cues.shipped().of("closing"),
            Cues.shipped().of("intro"),
            Cues.shipped().of("org-left"));

    @Override
    public void find(Page page, Finds finds) {
        int i = 0;
        while (i < page.size()) i = Math.max(i + 1, at(page, i, finds));
    }

    /** Notes the person that begins at {@code i} and returns the token after it; {@code i} if none does. */
    private static int at(Page page, int i, Finds finds) {
        if (page.has(i, Lexicon.NEVER)) return i;
        return switch (page.shape(i)) {
            case CAPITAL, UPPER -> capital(page, i, finds);
            case INITIAL -> initial(page, i, finds);
            case LOWER -> small(page, i, finds);
            case MIXED, NUMBER, CODE, MARK -> i;
        };
    }

    private static int capital(Page page, int i, Finds finds) {
        if (cue(page, i)) return i;
        int end = run(page, i);
        if (!page.free(i, end)) return i;
        int words = NameRun.words(page, i, end);
        if (words == 1) return page.shape(i) == Shape.UPPER ? i : single(page, i, end, finds);
        Source source = judge(page, i, end);
        if (source == null) return words == 2 || !page.has(i, Lexicon.GIVEN) ? i : single(page, i, i + 1, finds);
        finds.add(EntityType.PERSON, i, end, source);
        return end;
    }

    /** Whether token {@code i} is a title or the like, or a word that a small word links to a name: {@code Bewerbung von}. */
    private static boolean cue(Page page, int i) {
        if (!page.has(i, NameRun.NAMED) && page.joined(i + 1) && NameRun.particle(page.lower(i + 1))) return true;
        return NO_START.stream().anyMatch(cues -> cues.at(page, i) > 0) && page.joined(i + 1);
    }

    /** The run of name words at {@code i}, cut before a word that is no name when it only may be one. */
    private static int run(Page page, int i) {
        int end = NameRun.capitals(page, i, MOST_WORDS, false);
        int cut = end;
        while (cut > i + 1 && !fits(page, i, cut)) cut--;
        while (cut > i + 1
                && ((page.shape(cut - 1) == Shape.MARK && !page.mark(cut - 1, '.'))
                        || NameRun.particle(page.lower(cut - 1)))) cut--;
        return Math.max(cut, i + 1);
    }

    /** German nouns have capitals: there, an unknown third word is no surname, unless a small word leads to it. */
    private static boolean fits(Page page, int i, int cut) {
        if (page.has(cut - 1, NameRun.NAMED) || NameRun.words(page, i, cut) < 3 || led(page, cut - 1)) return true;
        return page.language() != Language.DE && !page.has(cut - 1, Lexicon.COMMON);
    }

    private static boolean led(Page page, int last) {
        return last > 0 && NameRun.particle(page.lower(last - 1));
    }

    private static @Nullable Source judge(Page page, int i, int end) {
        int last = end - 1;
        boolean given = page.has(i, Lexicon.GIVEN);
        boolean plainGiven = given && !page.has(i, Lexicon.COMMON);
        boolean surname = page.has(last, Lexicon.SURNAME);
        boolean plainSurname = surname && !page.has(last, Lexicon.COMMON);
        boolean upper = page.shape(i) == Shape.UPPER;
        if (given && surname) return plainGiven || plainSurname ? Source.LISTED : Source.WEAK;
        if (upper) return null;
        if (plainGiven && (!page.has(last, Lexicon.COMMON) || led(page, last))) return Source.LISTED;
        if (plainSurname && !page.has(i, Lexicon.COMMON | Lexicon.TOWN) && !verb(page, i)) return Source.WEAK;
        if (page.has(i, Lexicon.SURNAME) && page.has(last, Lexicon.GIVEN)) {
            return page.has(i, Lexicon.COMMON) || page.has(last, Lexicon.COMMON) ? null : Source.WEAK;
        }
        return given && !page.has(last, Lexicon.COMMON | Lexicon.TOWN) && !page.sentenceStart(i) ? Source.WEAK : null;
    }

    /** Whether an unknown word at the beginning of a sentence may be a verb or a noun rather than a given name. */
    private static boolean verb(Page page, int i) {
        if (!page.sentenceStart(i)) return false;
        String word = page.lower(i);
        return page.language() != Language.EN || word.endsWith("s") || word.endsWith("ed") || word.endsWith("ing");
    }

    private static int single(Page page, int i, int end, Finds finds) {
        boolean name = page.has(i, Lexicon.GIVEN)
                && !page.has(i, Lexicon.COMMON | Lexicon.NEVER)
                && page.lower(i).length() > 2;
        boolean place = page.has(i, Lexicon.TOWN) && (PlaceRule.led(page, i) || page.has(i, Lexicon.SURNAME));
        boolean thing = page.language() == Language.EN && page.articled(i);
        if (!name || place || thing || end != i + 1 || !page.free(i, end)) return i;
        if (page.joined(end) && page.shape(end) != Shape.LOWER && page.shape(end) != Shape.MARK) return i;
        finds.add(EntityType.PERSON, i, end, Source.SINGLE);
        return end;
    }

    private static int initial(Page page, int i, Finds finds) {
        int end = NameRun.capitals(page, i, 3, false);
        if (end == i || !page.free(i, end) || monsieur(page, i)) return i;
        int last = end - 1;
        boolean word = page.has(last, Lexicon.COMMON) || page.shape(last) != Shape.CAPITAL;
        boolean surname = page.has(last, Lexicon.SURNAME);
        if (word || !page.mark(i + 1, '.') || (!surname && page.sentenceStart(i))) return i;
        finds.add(EntityType.PERSON, i, end, surname ? Source.LISTED : Source.WEAK);
        return end;
    }

    private static boolean monsieur(Page page, int i) {
        return (page.language() == Language.FR && page.lower(i).equals("m"))
                || (page.language() == Language.ES && page.lower(i).equals("d"));
    }

    /** {@code john smith}: both listed, neither an ordinary word, blanks on all sides. */
    private static int small(Page page, int i, Finds finds) {
        if (!page.has(i, Lexicon.GIVEN) || page.has(i, Lexicon.COMMON)) return i;
        int end = NameRun.smalls(page, i, MOST_SMALL);
        while (end > i + 1
                && (!page.has(end - 1, NameRun.NAMED)
                        || (page.has(end - 1, Lexicon.COMMON) && NameRun.words(page, i, end) > 2))) end--;
        boolean surname = page.has(end - 1, Lexicon.SURNAME) && !page.has(end - 1, Lexicon.COMMON | Lexicon.NEVER);
        if (NameRun.words(page, i, end) < 2 || !surname || !page.free(i, end)) return i;
        finds.add(EntityType.PERSON, i, end, Source.LISTED);
        return end;
    }
}
