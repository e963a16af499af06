// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;

/** Finds in the value of a field or a table's cell, whose meaning is known, what that meaning promises. */
final class Values {
    private static final int MOST_WORDS = 6;
    private static final int MOST_SMALL = 4;
    private static final int LONGEST_ADDRESS = 120;
    /** In tokens; a shorter one must have the form of a street. */
    private static final int LEAST_ADDRESS = 3;

    private Values() {}

    /** Whether the meaning is one of the two for persons. */
    static boolean person(Keys.Meaning meaning) {
        return meaning == Keys.Meaning.PERSON || meaning == Keys.Meaning.PERHAPS_PERSON;
    }

    /** Notes the value that begins at {@code from} and returns the token after it; {@code from} if it is not as promised. */
    static int find(Page page, Keys.Meaning meaning, int from, Finds finds) {
        return switch (meaning) {
            case PERSON -> person(page, from, true, finds);
            case PERHAPS_PERSON -> person(page, from, false, finds);
            case PLACE -> place(page, from, finds);
            case COMPANY -> company(page, from, finds);
            case ADDRESS -> address(page, from, finds);
            case NONE -> from;
        };
    }

    private static int person(Page page, int from, boolean sure, Finds finds) {
        int end = NameRun.capitals(page, from, MOST_WORDS, true);
        if (end > from) end = reversed(page, from, end);
        else end = small(page, from);
        if (end == from || !page.free(from, end)) return from;
        boolean listed = NameRun.any(page, from, end, NameRun.NAMED, Lexicon.COMMON);
        boolean pair = NameRun.words(page, from, end) > 1 && NameRun.any(page, from, end, NameRun.NAMED, 0);
        boolean mail = page.mark(end, '<') && page.joined(end) && !page.has(from, Lexicon.NEVER);
        boolean unlisted = (sure || mail) && (!page.has(from, Lexicon.COMMON) || page.has(from, NameRun.NAMED));
        if (!listed && !pair && !unlisted) return from;
        finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
        return end;
    }

    /** {@code Ernser, Marsha} is one name. */
    private static int reversed(Page page, int from, int end) {
        boolean comma = page.mark(end, ',') && page.touching(end) && page.joined(end + 1);
        if (!comma || !page.has(end + 1, Lexicon.GIVEN) || NameRun.words(page, from, end) > 2) return end;
        int given = NameRun.capitals(page, end + 1, 3, false);
        boolean first = page.has(from, Lexicon.GIVEN) && (end - from > 1 || !page.has(from, Lexicon.SURNAME));
        return given == end + 1 || first ? end : given;
    }

    private static int small(Page page, int from) {
        int end = NameRun.smalls(page, from, MOST_SMALL);
        boolean given = end > from && page.has(from, Lexicon.GIVEN);
        return given && (end >= page.size() || page.lineStart(end) || page.shape(end) == Shape.MARK) ? end : from;
    }

    private static int place(Page page, int from, Finds finds) {
        int end = from + page.townAt(from);
        if (end == from) end = NameRun.capitals(page, from, MOST_WORDS, true);
        boolean word = end > from && !page.has(from, Lexicon.NEVER) && page.free(from, end);
        boolean known = word && (page.has(from, Lexicon.TOWN | Lexicon.TOWN_START) || !page.has(from, Lexicon.COMMON));
        if (!known) return from;
        finds.add(EntityType.LOCATION, from, end, Source.CONTEXT);
        return end;
    }

    private static int company(Page page, int from, Finds finds) {
        int end = from;
        while (end < page.size()
                && (end == from || page.joined(end))
                && page.shape(end) != Shape.NUMBER
                && !stops(page, end)) end++;
        while (end > from && page.mark(end - 1, ',')) end--;
        boolean name =
                end > from && page.shape(from) != Shape.LOWER && page.shape(from) != Shape.MARK && page.free(from, end);
        if (!name || end - from > 2 * MOST_WORDS) return from;
        finds.add(EntityType.ORGANIZATION, from, end, Source.CONTEXT);
        return end;
    }

    private static int address(Page page, int from, Finds finds) {
        int end = from;
        boolean number = false;
        while (end < page.size() && !(end > from && page.lineStart(end)) && !stops(page, end)) {
            number |= page.shape(end) == Shape.NUMBER || page.shape(end) == Shape.CODE;
            end++;
        }
        while (end > from && (page.mark(end - 1, ',') || page.mark(end - 1, '.'))) end--;
        if (end - from < LEAST_ADDRESS
                || !number
                || page.end(end - 1) - page.start(from) > LONGEST_ADDRESS
                || Sentences.inside(page, from, end)) return from;
        finds.add(EntityType.ADDRESS, from, end, Source.CONTEXT);
        return end;
    }

    private static boolean stops(Page page, int i) {
        return page.shape(i) == Shape.MARK
                && "\"'|;<>{}[]()=@\\".indexOf(page.text().charAt(page.start(i))) >= 0;
    }
}
