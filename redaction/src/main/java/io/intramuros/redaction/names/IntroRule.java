// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;

/** People who say who they are, or whose part in the matter is said: {@code me llamo Eva}, {@code Patientin Helene Lammert}. */
final class IntroRule implements Rule {
    private static final int MOST_WORDS = 5;
    private static final int MOST_SMALL = 3;

    private final PhraseSet intros = Cues.shipped().of("intro");
    private final PhraseSet weak = Cues.shipped().of("intro-weak");
    private final PhraseSet roles = Cues.shipped().of("role");

    @Override
    public void find(Page page, Finds finds) {
        for (int i = 0; i < page.size(); i++) {
            int n = intros.at(page, i);
            if (n > 0) {
                named(page, i + n, finds);
                continue;
            }
            n = weak.at(page, i);
            if (n > 0) given(page, i + n, finds);
            n = roles.at(page, i);
            if (n > 0) role(page, i + n, finds);
        }
    }

    private static void named(Page page, int from, Finds finds) {
        if (from >= page.size() || !page.joined(from)) return;
        int end = NameRun.capitals(page, from, MOST_WORDS, true);
        if (end == from) end = NameRun.smalls(page, from, MOST_SMALL);
        boolean name =
                end > from && (!page.has(from, Lexicon.COMMON) || NameRun.any(page, from, end, NameRun.NAMED, 0));
        if (name) finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
    }

    private static void given(Page page, int from, Finds finds) {
        if (from >= page.size()
                || !page.joined(from)
                || !page.has(from, Lexicon.GIVEN)
                || page.has(from, Lexicon.NEVER)) return;
        int end = NameRun.capitals(page, from, MOST_WORDS, false);
        if (end > from && page.has(from, Lexicon.COMMON) && NameRun.words(page, from, end) < 2) return;
        if (end == from) end = NameRun.smalls(page, from, MOST_SMALL);
        if (end > from) finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
    }

    private static void small(Page page, int from, Finds finds) {
        int end = NameRun.smalls(page, from, 2);
        boolean listed = end > from && page.has(from, Lexicon.GIVEN) && page.has(end - 1, NameRun.NAMED);
        if (end > from && NameRun.words(page, from, end) == 2 && listed && page.free(from, end))
            finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
    }

    private static void role(Page page, int from, Finds finds) {
        if (from >= page.size() || !page.joined(from) || !page.free(from, from + 1)) return;
        int end = NameRun.capitals(page, from, MOST_WORDS, false);
        if (end == from) {
            small(page, from, finds);
            return;
        }
        boolean sure = NameRun.any(page, from, end, NameRun.NAMED, Lexicon.COMMON);
        boolean pair = NameRun.words(page, from, end) > 1
                && (!NameRun.any(page, from, end, Lexicon.COMMON, 0)
                        || (page.has(from, Lexicon.GIVEN) && page.has(end - 1, Lexicon.SURNAME)));
        if (sure || pair) finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
    }
}
