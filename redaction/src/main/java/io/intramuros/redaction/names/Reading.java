// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.ArrayList;
import java.util.List;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.Span;

/** One sentence as a {@link Finder} reads it, by OpenNLP's beam search over what its tokens may be. */
final class Reading {
    private static final int BEAM = 2;

    private final Scales scales;
    private final int from;
    private final List<String> path;
    private final double[] likelihoods;

    Reading(Finder finder, Traits traits, int from, int to) {
        this.scales = new Scales(finder, traits, from, to);
        this.from = from;
        Integer[] tokens = new Integer[to - from];
        for (int i = 0; i < tokens.length; i++) tokens[i] = from + i;
        Sequence best = scales.isPlain()
                ? null
                : new BeamSearch(BEAM, scales).bestSequence(tokens, null, scales, Reading::follows);
        this.path = best == null ? List.of() : best.getOutcomes();
        this.likelihoods = best == null ? new double[0] : best.getProbs();
    }

    /** A name: first token, token after the last, type, how likely it is (0 to 1). */
    record Name(int from, int to, EntityType type, double likelihood) {}

    /** Whether {@code next} may stand at token {@code i}: names go on until they end, and end within the sentence. */
    private static boolean follows(int i, Integer[] tokens, String[] before, String next) {
        String last = i == 0 ? BilouCodec.OTHER : before[i - 1];
        if (i + 1 == tokens.length && isOpen(next)) return false;
        boolean more = next.endsWith(BilouCodec.CONTINUE) || next.endsWith(BilouCodec.LAST);
        if (!isOpen(last) || !more) return isOpen(last) == more;
        return next.startsWith(last.substring(0, last.lastIndexOf('-') + 1));
    }

    private static boolean isOpen(String outcome) {
        return outcome.endsWith(BilouCodec.START) || outcome.endsWith(BilouCodec.CONTINUE);
    }

    /** The names, by the tokens of the page. */
    List<Name> names() {
        List<Name> names = new ArrayList<>();
        for (Span span : Finder.codec().decode(path)) {
            double least = 1;
            for (int i = span.getStart(); i < span.getEnd(); i++) least = Math.min(least, likelihoods[i]);
            names.add(
                    new Name(from + span.getStart(), from + span.getEnd(), EntityType.valueOf(span.getType()), least));
        }
        return names;
    }

    /** How likely token {@code i} of the page is outside of all names, 0 to 1. */
    double none(int i) {
        if (path.isEmpty()) return scales.none(i);
        String before = i > from ? path.get(i - from - 1) : Traits.EDGE;
        return scales.likelihoods(i, before, i - 1 > from ? path.get(i - from - 2) : Traits.EDGE)[
                scales.getIndex(BilouCodec.OTHER)];
    }
}
