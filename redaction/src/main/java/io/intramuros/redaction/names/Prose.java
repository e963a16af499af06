// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the models, which know prose, from code and from words that are no names. */
final class Prose {
    private static final int MOST_CODE_MARKS = 3;
    private static final int LONGEST = 12;
    private static final int SHORTEST = 3;
    /** The languages whose training texts count the mark behind a name to it, so that a cut would be a guess. */
    private static final Set<Language> MARKED = Set.of(Language.FR, Language.NL);
    /** A longer word is not shortened by a dot. */
    private static final int LONGEST_SHORT = 4;
    /** So many words around a possible name may belong to it. */
    private static final int AROUND = 3;

    private Prose() {}

    /**
     * The parts of tokens {@code from} to {@code to} that read like prose and may hold a name: what may be one, and the words
     * around it. The rest is not worth a model's time. Each part is its first token and the one after its last.
     */
    static List<int[]> worth(Page page, int from, int to) {
        List<int[]> parts = new ArrayList<>();
        int code = 0;
        int[] part = {from, from};
        for (int i = from; i < to; i++) {
            if (page.shape(i) == Shape.MARK
                    && "{}=;<>\\_$`|".indexOf(page.text().charAt(page.start(i))) >= 0) code++;
            if (code > MOST_CODE_MARKS) return List.of();
            if (!possible(page, i)) continue;
            int start = Math.max(from, i - AROUND);
            if (start > part[1]) {
                if (part[1] > part[0]) parts.add(part);
                part = new int[] {start, start};
            }
            part[1] = Math.min(to, i + AROUND + 1);
        }
        if (part[1] > part[0]) parts.add(part);
        return parts;
    }

    private static boolean possible(Page page, int i) {
        boolean named = page.has(i, NameRun.NAMED | Lexicon.TOWN);
        return switch (page.shape(i)) {
            case CAPITAL, MIXED -> named || !page.has(i, Lexicon.COMMON | Lexicon.NEVER) || !page.sentenceStart(i);
            case UPPER -> true;
            case LOWER -> (named && smallName(page, i)) || tagged(page, i, i + 1);
            case CODE -> tagged(page, i, i + 1);
            case INITIAL, NUMBER, MARK -> false;
        };
    }

    /** Whether a word of the lists in small letters may be a name: beside another such word, or a town behind a word of place. */
    private static boolean smallName(Page page, int i) {
        if (!strange(page, i)) return false;
        if (page.has(i, Lexicon.TOWN) && PlaceRule.led(page, i)) return true;
        return (page.joined(i) && strange(page, i - 1)) || (page.joined(i + 1) && strange(page, i + 1));
    }

    /** Whether it is a word in small letters that no list has as an ordinary one. */
    private static boolean strange(Page page, int i) {
        return page.shape(i) == Shape.LOWER && !page.has(i, Lexicon.COMMON | Lexicon.NEVER);
    }

    /** Whether a model may be believed at all that this is a name: on one line, not too long, no part of code. */
    static boolean stands(Page page, EntityType type, int from, int to) {
        boolean tag = page.shape(from) == Shape.MARK && page.touching(from + 1) && tagged(page, from + 1, to);
        if (tag || tagged(page, from, to)) return true;
        if (to - from > LONGEST || !page.free(from, to)) return false;
        for (int i = from + 1; i < to; i++) if (!page.joined(i) || isBorder(page, i)) return false;
        if (page.shape(from) == Shape.MARK) return false;
        return to - from > 1 || alone(page, type, from);
    }

    /** Whether one word may be a name by itself: no code, nothing small, no ordinary word after an article or a full stop. */
    private static boolean alone(Page page, EntityType type, int i) {
        if (page.has(i, Lexicon.NEVER)) return false;
        if (page.shape(i) == Shape.NUMBER) return true;
        if (!page.shape(i).named() && page.shape(i) != Shape.MIXED) return false;
        if (type != EntityType.PERSON || !page.has(i, Lexicon.COMMON)) return true;
        return !page.sentenceStart(i) && !page.articled(i);
    }

    /** The end of a name without the comma or the like behind it; a dot may belong to it. */
    static int end(Page page, int from, int to) {
        int end = to;
        if (MARKED.contains(page.language()) && !page.lineEnd(to - 1)) return end;
        while (end > from + 1 && page.shape(end - 1) == Shape.MARK && !page.mark(end - 1, '.')) end--;
        if (end > from + 1 && page.mark(end - 1, '.') && page.lower(end - 2).length() > LONGEST_SHORT) end--;
        return end;
    }

    /** Whether token {@code i} is a mark that stands between things, not inside names. */
    private static boolean isBorder(Page page, int i) {
        return page.shape(i) == Shape.MARK
                && ";:|=<>[]{}\"?!•→".indexOf(page.text().charAt(page.start(i))) >= 0;
    }

    /** Whether it is one word behind a mark of social networks, as {@code @jane}. */
    private static boolean tagged(Page page, int from, int to) {
        int at = page.start(from) - 1;
        return to - from == 1
                && at >= 0
                && "@#".indexOf(page.text().charAt(at)) >= 0
                && (at == 0 || !Character.isLetterOrDigit(page.text().charAt(at - 1)));
    }

    /** Whether it looks like a name: written like one, no ordinary word by itself. If not, a model must be sure. */
    static boolean name(Page page, EntityType type, int from, int to) {
        if (!page.free(from, to) || never(page, type, from, to)) return false;
        boolean capital = false;
        boolean plain = false;
        for (int i = from; i < to; i++) {
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
