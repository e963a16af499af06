// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import opennlp.tools.util.Span;

/** Turns records into what the training reads: the traits and the outcome of each token, sentence by sentence. */
final class Samples {
    private static final Set<String> TYPES = Set.of("PERSON", "LOCATION", "ORGANIZATION");

    private Samples() {}

    static void of(Annotated record, Clusters clusters, List<Fitting.Token> tokens) {
        Page page = new Page(record.text(), Lexicon.shipped());
        List<Span> names = names(page, record);
        Traits traits = Traits.of(page, clusters);
        for (int[] piece : Sentences.of(page)) {
            String[] outcomes = Finder.codec().encode(within(names, piece), piece[1] - piece[0]);
            for (int i = 0; i < outcomes.length; i++) {
                int[] itself = traits.of(piece[0] + i);
                int[] after = traits.after(
                        piece[0] + i, i > 0 ? outcomes[i - 1] : Traits.EDGE, i > 1 ? outcomes[i - 2] : Traits.EDGE);
                int[] all = new int[itself.length + after.length];
                System.arraycopy(itself, 0, all, 0, itself.length);
                System.arraycopy(after, 0, all, itself.length, after.length);
                tokens.add(new Fitting.Token(all, outcomes[i]));
            }
        }
    }

    private static List<Span> names(Page page, Annotated record) {
        List<Span> names = new ArrayList<>();
        for (Annotated.Gold gold : record.spans()) {
            int from = page.tokenFrom(gold.start());
            int to = page.tokenFrom(gold.end());
            boolean name = TYPES.contains(gold.type()) && to > from && !isRole(page, gold.type(), from, to);
            if (name) names.add(new Span(from, to, gold.type()));
        }
        return names;
    }

    /** Whether a source calls a role a person: {@code Lender}. */
    private static boolean isRole(Page page, String type, int from, int to) {
        return type.equals("PERSON")
                && !NameRun.any(page, from, to, -1, Lexicon.COMMON)
                && page.has(from, Lexicon.COMMON)
                && !NameRun.any(page, from, to, NameRun.NAMED, 0);
    }

    /** The parts of names that lie in a sentence, by its tokens. */
    private static Span[] within(List<Span> names, int[] piece) {
        return names.stream()
                .filter(name -> name.getStart() < piece[1] && piece[0] < name.getEnd())
                .map(name -> new Span(
                        Math.max(name.getStart(), piece[0]) - piece[0],
                        Math.min(name.getEnd(), piece[1]) - piece[0],
                        name.getType()))
                .toArray(Span[]::new);
    }
}
