// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.Set;

/** A title and the name after it: {@code Frau Dr. Müller}, {@code Mr Smith}, {@code don Youssef Benali}. */
final class TitleRule implements Rule {
    private static final int MOST_WORDS = 5;
    private static final int MOST_TITLES = 4;
    /** Titles that are other words too: they need their dot. */
    private static final Set<String> NEED_DOT =
            Set.of("m", "d", "fr", "hr", "dn", "mm", "sig", "ing", "avv", "prof", "rev");
    /** Titles that stand before ordinary words too: a name of the lists must follow. */
    private static final Set<String> NEED_NAME = Set.of(
            "don", "d", "president", "presidente", "captain", "judge", "miss", "sir", "chancellor", "kanzler", "fr");

    private final PhraseSet titles = Cues.shipped().of("title");
    private final PhraseSet small = Cues.shipped().of("title-lower");
    private final PhraseSet between = Cues.shipped().of("title-word");

    @Override
    public void find(Page page, Finds finds) {
        for (int i = 0; i < page.size(); i++) {
            int after = title(page, i);
            if (after == i) continue;
            String title = page.lower(i);
            after = more(page, after);
            int end = NameRun.capitals(page, after, MOST_WORDS, true);
            if (end > after && page.joined(after) && fits(page, title, after, end)) {
                finds.add(EntityType.PERSON, after, end, Source.CONTEXT);
            }
        }
    }

    /** The token after the title at {@code i} and its dot; {@code i} if no title stands there. */
    private int title(Page page, int i) {
        String word = page.lower(i);
        int n = titles.at(page, i);
        boolean known = n > 0 && (page.shape(i) != Shape.LOWER || small.has(word));
        if (!known || i + n >= page.size()) return i;
        boolean dot = page.mark(i + n, '.') && page.touching(i + n);
        if (!dot && NEED_DOT.contains(word) && n == 1) return i;
        return dot ? i + n + 1 : i + n;
    }

    private int more(Page page, int from) {
        int at = from;
        for (int more = 0; more < MOST_TITLES && at < page.size() && page.joined(at); more++) {
            int n = Math.max(titles.at(page, at), between.at(page, at));
            if (n == 0 || NameRun.particle(page.lower(at)) || page.lower(at).equals("von")) break;
            at += n;
            if (page.mark(at, '.') && page.touching(at)) at++;
        }
        return at;
    }

    private static boolean fits(Page page, String title, int from, int end) {
        boolean listed = NameRun.any(page, from, end, NameRun.NAMED, 0);
        if (NEED_NAME.contains(title)) return listed;
        return listed || !page.has(from, Lexicon.COMMON) || (page.lower(from).length() > 2 && title.length() <= 5);
    }
}
