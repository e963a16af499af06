// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks a trained model what it sees in a page, and settles it with what the rules found: the model knows prose better and
 * the rules know forms better.
 */
final class Trained {
    private static final double WEIGHT = 0.7;
    /** The languages whose models know no prose: they may add, but not drop. */
    private static final Set<Language> NO_PROSE = Set.of(Language.IT);
    /** Where the rules found nothing, a name must be at least this likely. */
    private static final double LEAST = 0.4;
    /** So likely must a doubtful word be. */
    private static final double FIRM = 0.6;
    /** So likely must a name be that begins with an article or the like. */
    private static final double SURE = 0.6;
    /** So likely must a name be that takes the place of one of the lists. */
    private static final double BETTER = 0.5;
    /** So likely must a name be that takes the place of a pair of the lists or of a legal form. */
    private static final double CERTAIN = 0.9;
    /** So likely must a token be outside of all names that a single word of the lists there is dropped. */
    private static final double NO_NAME = 0.99;

    private final Models models;

    Trained(Models models) {
        this.models = models;
    }

    /**
     * What stands after the model was heard: {@code ruled}, none of which overlap, without what it knows better, and what it
     * sees beside. Only finds near each other are compared, so that time grows with the text and no more.
     */
    List<Finding> settle(Page page, Collection<Finding> ruled) {
        List<int[]> pieces = Sentences.of(page).stream()
                .flatMap(sentence -> Prose.worth(page, sentence[0], sentence[1]).stream())
                .toList();
        if (pieces.isEmpty()) return new ArrayList<>(ruled);
        Optional<Finder> finder = models.of(page.language());
        if (finder.isEmpty()) return new ArrayList<>(ruled);
        NavigableMap<Integer, Finding> settled = new TreeMap<>();
        for (Finding find : ruled) settled.put(find.start(), find);
        Traits traits = finder.get().traits(page);
        for (int[] piece : pieces) {
            Reading reading = finder.get().read(traits, piece[0], piece[1]);
            for (Reading.Name name : reading.names()) settle(page, name, settled);
            between(settled, page.start(piece[0]), page.end(piece[1] - 1))
                    .values()
                    .removeIf(find -> isNone(page, find, piece, reading));
        }
        return new ArrayList<>(settled.values());
    }

    private static void settle(Page page, Reading.Name name, NavigableMap<Integer, Finding> settled) {
        int from = name.from();
        int to = Prose.end(page, from, name.to());
        if (!Prose.stands(page, name.type(), from, to) || name.likelihood() < least(page, name)) return;
        Finding find = new Finding(
                name.type(), null, page.start(from), page.end(to - 1), WEIGHT * name.likelihood(), Source.MODEL);
        Map<Integer, Finding> rivals = between(settled, find.start(), find.end());
        for (Finding rival : rivals.values()) if (!beats(page, name, find, rival)) return;
        rivals.clear();
        settled.put(find.start(), find);
    }

    /** A view of the finds that reach into the characters {@code start} to {@code end} (exclusive). */
    private static NavigableMap<Integer, Finding> between(NavigableMap<Integer, Finding> settled, int start, int end) {
        Map.Entry<Integer, Finding> before = settled.floorEntry(start);
        int from = before != null && before.getValue().end() > start ? before.getKey() : start;
        return settled.subMap(from, true, end, false);
    }

    /** How likely what the model saw must be to count. */
    private static double least(Page page, Reading.Name name) {
        if (page.has(name.from(), Lexicon.NEVER)) return SURE;
        boolean plain =
                Prose.name(page, name.type(), name.from(), name.to()) && !Prose.doubtful(page, name.from(), name.to());
        return plain ? LEAST : FIRM;
    }

    /** Whether what the model saw takes the place of what a rule found: not of addresses, nor of the same name, with an initial or without. */
    private static boolean beats(Page page, Reading.Name name, Finding find, Finding rival) {
        if (rival.type() == EntityType.ADDRESS || name.likelihood() < BETTER) return false;
        boolean same = find.type() == rival.type();
        boolean within = rival.start() <= find.start() && find.end() <= rival.end();
        if (same && within && find.length() == rival.length()) return false;
        if (same && within && page.shape(page.tokenFrom(rival.start())) == Shape.INITIAL) return false;
        if (!same && rival.type() == EntityType.ORGANIZATION) return false;
        if (rival.score() < Source.LISTED.score()) return true;
        if (rival.score() < Source.CONTEXT.score()) return same || name.likelihood() >= CERTAIN;
        boolean inside = find.start() <= rival.start() && rival.end() <= find.end();
        return same && inside && find.type() == EntityType.PERSON && find.start() == rival.start();
    }

    /** Whether a find is one word of the lists in {@code piece} that the model takes for no name. */
    private static boolean isNone(Page page, Finding find, int[] piece, Reading reading) {
        if (find.score() >= Source.LISTED.score() || find.detector().equals(Source.MODEL)) return false;
        if (NO_PROSE.contains(page.language())) return false;
        int token = page.tokenFrom(find.start());
        if (token < piece[0] || token >= piece[1]) return false;
        for (int i = token; i < piece[1] && page.start(i) < find.end(); i++)
            if (reading.none(i) < NO_NAME) return false;
        return true;
    }
}
