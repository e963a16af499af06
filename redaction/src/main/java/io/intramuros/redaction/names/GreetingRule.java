// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;

/** Whom a letter greets and who signs it: {@code Dear Raymundo,} and {@code Saludos, Julia}. */
final class GreetingRule implements Rule {
    private static final int MOST_GREETED = 3;
    private static final int MOST_SIGNING = 5;

    private final PhraseSet greetings = Cues.shipped().of("greeting");
    private final PhraseSet closings = Cues.shipped().of("closing");
    private final PhraseSet titles = Cues.shipped().of("title");

    @Override
    public void find(Page page, Finds finds) {
        for (int i = 0; i < page.size(); i++) {
            if (!page.sentenceStart(i)) continue;
            int greeting = greetings.at(page, i);
            if (greeting > 0) greet(page, i + greeting, finds);
            int closing = closings.at(page, i);
            if (closing > 0) sign(page, i + closing, finds);
        }
    }

    private void greet(Page page, int from, Finds finds) {
        if (from >= page.size() || !page.joined(from) || titles.at(page, from) > 0) return;
        int end = NameRun.capitals(page, from, MOST_GREETED, false);
        if (end == from) end = smallName(page, from);
        if (end == from) return;
        boolean given = page.has(from, Lexicon.GIVEN);
        boolean unknown = !page.has(from, Lexicon.COMMON) && closed(page, end);
        if (given || unknown || NameRun.any(page, from, end, Lexicon.SURNAME, Lexicon.COMMON)) {
            finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
        }
    }

    private static int smallName(Page page, int from) {
        boolean name = page.shape(from) == Shape.LOWER
                && page.has(from, Lexicon.GIVEN)
                && !page.has(from, Lexicon.COMMON | Lexicon.NEVER);
        return name ? from + 1 : from;
    }

    private static void sign(Page page, int closing, Finds finds) {
        int from = closing;
        while (page.mark(from, ',') || page.mark(from, '.') || page.mark(from, '!') || page.mark(from, '-')) from++;
        if (from >= page.size()) return;
        boolean parted = from > closing || page.lineStart(from);
        int end = NameRun.capitals(page, from, MOST_SIGNING, false);
        if (end == from || !(page.lineEnd(end - 1) || closed(page, end))) return;
        boolean listed = page.has(from, Lexicon.GIVEN) || NameRun.any(page, from, end, NameRun.NAMED, Lexicon.COMMON);
        boolean plain = !page.has(from, Lexicon.COMMON) && page.lineStart(from);
        if (listed || (parted && plain)) finds.add(EntityType.PERSON, from, end, Source.CONTEXT);
    }

    private static boolean closed(Page page, int end) {
        return end >= page.size()
                || page.lineStart(end)
                || (page.shape(end) == Shape.MARK
                        && ",.!:;)|<\"-–—".indexOf(page.text().charAt(page.start(end))) >= 0);
    }
}
