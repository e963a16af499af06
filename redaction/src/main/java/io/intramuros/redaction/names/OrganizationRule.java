// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.Set;

/** Organisations by form: a legal form after a name, or a word such as {@code Hospital} before or after one. */
final class OrganizationRule implements Rule {
    private static final int MOST_WORDS = 6;
    private static final Set<String> BETWEEN = Set.of(
            "&", "+", "and", "und", "y", "e", "et", "en", "of", "de", "del", "la", "las", "los", "el", "du", "des",
            "di", "da", "do", "dos", "der", "für", "for", "van", "den", "'", "-", "della", "dei", "het", "the",
            "virgen");
    private static final Set<String> LINKS = Set.of(
            "&", "+", "and", "und", "y", "e", "et", "de", "del", "la", "los", "du", "des", "di", "da", "do", "der", "'",
            "-");
    private static final Set<String> SMALL_FORMS = Set.of("mbh", "plc", "s.r.l", "s.p.a", "srl", "e.v");
    private static final Set<String> NOT_FIRST = Set.of(
            "die", "der", "das", "den", "dem", "des", "the", "firma", "el", "la", "los", "las", "le", "les", "il", "lo",
            "de", "het", "o", "a", "an", "und", "and", "y", "et", "e", "bei", "von", "at", "for", "con", "mit", "en",
            "in");

    private final PhraseSet forms = Cues.shipped().of("org-end");
    private final PhraseSet shortForms = Cues.shipped().of("org-end-short");
    private final PhraseSet heads = Cues.shipped().of("org-left");
    private final PhraseSet tails = Cues.shipped().of("org-right");

    @Override
    public void find(Page page, Finds finds) {
        for (int i = 0; i < page.size(); i++) {
            if (page.shape(i) == Shape.MARK) continue;
            int form = forms.at(page, i);
            if (form > 0 && formed(page, i)) {
                legal(page, i, i + form, finds);
                continue;
            }
            int head = heads.at(page, i);
            if (head > 0 && page.shape(i).named()) headed(page, i, i + head, finds);
            int tail = tails.at(page, i);
            if (tail > 0 && page.shape(i).named()) tailed(page, i, i + tail, finds);
        }
    }

    /** Legal forms are written with a capital, a few aside. */
    private static boolean formed(Page page, int i) {
        return page.shape(i) != Shape.LOWER || SMALL_FORMS.contains(page.lower(i));
    }

    private void legal(Page page, int form, int end, Finds finds) {
        int from = left(page, form);
        boolean brief = shortForms.has(page.phrase(form, end));
        if (from == form
                || (brief
                        && ((page.shape(form - 1) == Shape.UPPER && page.shape(form) == Shape.CAPITAL)
                                || !page.joined(form)))) return;
        if (brief && ((page.joined(end) && page.shape(end) == Shape.NUMBER) || page.mark(end, '-'))) return;
        if (brief && from == form - 1 && page.has(from, Lexicon.COMMON | Lexicon.NEVER)) return;
        boolean dot = page.mark(end, '.') && page.touching(end) && dotted(page, form, end);
        finds.add(EntityType.ORGANIZATION, from, dot ? end + 1 : end, Source.LISTED);
    }

    /** Whether the form at the end takes a dot of its own: {@code Inc.}, {@code S.A.}; not {@code GmbH.} at a sentence's end. */
    private static boolean dotted(Page page, int form, int end) {
        return (end - form > 1 && page.mark(form + 1, '.'))
                || Set.of("inc", "ltd", "co", "corp", "lda", "ltda").contains(page.lower(end - 1));
    }

    /** The first token of the name that ends before {@code form}. */
    private static int left(Page page, int form) {
        int from = form;
        int words = 0;
        int i = form;
        while (i > 0 && page.joined(i) && words < MOST_WORDS) {
            i--;
            Shape shape = page.shape(i);
            if (shape == Shape.CAPITAL
                    || shape == Shape.UPPER
                    || shape == Shape.MIXED
                    || shape == Shape.INITIAL
                    || shape == Shape.CODE) {
                from = i;
                words++;
            } else if (!LINKS.contains(page.lower(i))
                    && !(page.mark(i, ',') && i == form - 1)
                    && !(page.mark(i, '.') && page.touching(i + 1))) break;
            else if (page.mark(i, '.') && page.lower(i - 1 < 0 ? 0 : i - 1).length() > 3) break;
        }
        while (from < form && opener(page, from)) from++;
        return from;
    }

    private static boolean opener(Page page, int i) {
        if (page.shape(i) == Shape.MARK || NOT_FIRST.contains(page.lower(i))) return true;
        return page.sentenceStart(i)
                && page.has(i, Lexicon.COMMON)
                && !page.has(i, NameRun.NAMED)
                && page.joined(i + 1)
                && page.shape(i + 1) == Shape.CAPITAL;
    }

    private static void headed(Page page, int head, int end, Finds finds) {
        int i = end;
        int to = end;
        int words = 0;
        while (i < page.size() && page.joined(i) && words < MOST_WORDS) {
            Shape shape = page.shape(i);
            boolean word =
                    shape == Shape.CAPITAL || shape == Shape.UPPER || shape == Shape.MIXED || shape == Shape.INITIAL;
            if (word && (!page.has(i, Lexicon.NEVER) || (BETWEEN.contains(page.lower(i)) && words == 0))) {
                to = ++i;
                words++;
            } else if (BETWEEN.contains(page.lower(i)) && shape == Shape.LOWER) i++;
            else break;
        }
        if (to == end) return;
        boolean weak =
                words == 1 && page.has(to - 1, Lexicon.COMMON) && !page.has(to - 1, NameRun.NAMED | Lexicon.TOWN);
        if (!weak) finds.add(EntityType.ORGANIZATION, head, to, Source.SINGLE);
    }

    /** {@code &}, the dot of {@code St.} and the ending of {@code Mary's}. */
    private static boolean inside(Page page, int i) {
        boolean saint = page.mark(i, '.') && i > 0 && page.lower(i - 1).equals("st");
        return page.mark(i, '&') || saint || (page.lower(i).equals("'s") && page.touching(i));
    }

    private static void tailed(Page page, int tail, int end, Finds finds) {
        int from = tail;
        int i = tail;
        while (i > 0 && page.joined(i) && tail - i < MOST_WORDS) {
            i--;
            if (page.shape(i) == Shape.CAPITAL || page.shape(i) == Shape.UPPER || page.shape(i) == Shape.MIXED)
                from = i;
            else if (!inside(page, i)) break;
        }
        while (from < tail && opener(page, from)) from++;
        if (from == tail) return;
        boolean name = tail - from > 1 && page.language() == Language.EN && !page.lineStart(from);
        for (int k = from; k < tail; k++)
            name |= (!page.has(k, Lexicon.COMMON | Lexicon.NEVER) && page.shape(k) != Shape.MARK)
                    || (page.has(k, Lexicon.TOWN) && page.has(k, NameRun.NAMED));
        if (name) finds.add(EntityType.ORGANIZATION, from, end, Source.SINGLE);
    }
}
