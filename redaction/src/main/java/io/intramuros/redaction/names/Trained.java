// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.util.Span;

/** Asks a trained model for the names that the rules left, in the languages that have a model. */
final class Trained {
    private static final double WEIGHT = 0.7;
    /**
     * OpenNLP's perceptron squeezes its scores before it turns them into probabilities: over 13 outcomes even a sure one gets
     * about 0.19. Measured on the held-out sets: at 0.18 and above nine finds in ten are names, below 0.165 seven in ten.
     */
    private static final double SURE = 0.2;

    private static final double LEAST = 0.165;
    private static final double FIRM = 0.19;

    private final Models models;

    Trained(Models models) {
        this.models = models;
    }

    /** What the model finds beside the characters {@code taken}. */
    List<Finding> find(Page page, BitSet taken) {
        List<Finding> found = new ArrayList<>();
        List<int[]> pieces = Sentences.of(page).stream()
                .filter(piece -> Prose.worth(page, piece[0], piece[1], taken))
                .toList();
        if (pieces.isEmpty()) return found;
        Optional<NameFinderME> finder = models.finder(page.language());
        for (int[] piece : pieces) finder.ifPresent(f -> find(page, piece, f, found));
        found.removeIf(finding -> overlaps(finding, taken));
        return found;
    }

    private static void find(Page page, int[] piece, NameFinderME finder, List<Finding> found) {
        String[] tokens = new String[piece[1] - piece[0]];
        for (int i = piece[0]; i < piece[1]; i++) tokens[i - piece[0]] = page.word(i);
        Span[] spans = finder.find(tokens);
        double[] probabilities = finder.probs(spans);
        for (int s = 0; s < spans.length; s++) {
            EntityType type = EntityType.valueOf(spans[s].getType().toUpperCase(Locale.ROOT));
            int start = piece[0] + spans[s].getStart();
            int end = Prose.end(page, type, start, piece[0] + spans[s].getEnd());
            if (probabilities[s] < LEAST || !Prose.name(page, type, start, end)) continue;
            if (probabilities[s] < FIRM && Prose.doubtful(page, start, end)) continue;
            if (type == EntityType.PERSON) start = Prose.start(page, start);
            found.add(new Finding(
                    type,
                    null,
                    page.start(start),
                    page.end(end - 1),
                    WEIGHT * Math.min(1, probabilities[s] / SURE),
                    "opennlp"));
        }
    }

    private static boolean overlaps(Finding finding, BitSet taken) {
        int next = taken.nextSetBit(finding.start());
        return next >= 0 && next < finding.end();
    }
}
