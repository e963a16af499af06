// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.util.Span;

/** Turns records into what the trainer reads: one sample for each piece that the detector would hand to a model. */
final class Samples {
    private static final Set<String> TYPES = Set.of("PERSON", "ORGANIZATION", "LOCATION");

    private Samples() {}

    static void of(Annotated record, List<NameSample> samples) {
        Page page = new Page(record.text(), Lexicon.shipped());
        for (int[] piece : Sentences.of(page)) {
            String[] tokens = new String[piece[1] - piece[0]];
            for (int i = piece[0]; i < piece[1]; i++) tokens[i - piece[0]] = page.word(i);
            samples.add(new NameSample(tokens, spans(page, record.spans(), piece), true));
        }
    }

    private static Span[] spans(Page page, List<Annotated.Gold> golds, int[] piece) {
        List<Span> spans = new ArrayList<>();
        for (Annotated.Gold gold : golds) {
            int from = page.tokenFrom(gold.start());
            int to = page.tokenFrom(gold.end());
            boolean inside = from >= piece[0] && to <= piece[1] && to > from;
            if (inside && TYPES.contains(gold.type()) && sound(page, gold, from, to)) {
                spans.add(new Span(from - piece[0], to - piece[0], gold.type().toLowerCase(Locale.ROOT)));
            }
        }
        return spans.toArray(Span[]::new);
    }

    /** Leaves out handles, roles that a source calls persons, and postcodes that it calls places. */
    private static boolean sound(Page page, Annotated.Gold gold, int from, int to) {
        if (!page.free(from, to)) return false;
        boolean role = gold.type().equals("PERSON")
                && !NameRun.any(page, from, to, -1, Lexicon.COMMON)
                && page.has(from, Lexicon.COMMON)
                && !NameRun.any(page, from, to, NameRun.NAMED, 0);
        if (role) return false;
        for (int i = from; i < to; i++) {
            if (gold.type().equals("LOCATION") && page.shape(i) == Shape.NUMBER) return false;
        }
        return true;
    }
}
