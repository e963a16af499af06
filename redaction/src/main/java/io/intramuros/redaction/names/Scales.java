// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Arrays;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.util.BeamSearchContextGenerator;

/**
 * The weights of a {@link Finder} as OpenNLP's search asks for them, for one sentence. What a token itself says is weighed
 * once; at each step of the search only what hangs on the outcomes before. The contexts are those outcomes.
 */
final class Scales implements MaxentModel, BeamSearchContextGenerator<Integer> {
    /** So likely must each token be outside of names that no search is worth its time. */
    private static final double PLAIN = 0.98;

    private final Finder finder;
    private final Traits traits;
    private final int from;
    /** For each token the logarithm of how likely each outcome is by the token itself. */
    private final double[][] itself;

    private final int other;
    /** The token that the search looks at. */
    private int at;

    Scales(Finder finder, Traits traits, int from, int to) {
        this.finder = finder;
        this.traits = traits;
        this.from = from;
        this.other = getIndex(BilouCodec.OTHER);
        this.itself = new double[to - from][];
        for (int i = from; i < to; i++) itself[i - from] = logarithms(i);
    }

    /** Whether no token looks like a name by itself, so that a search would find none. */
    boolean isPlain() {
        double least = Math.log(PLAIN);
        for (double[] token : itself) if (token[other] < least) return false;
        return true;
    }

    /** How likely token {@code i} of the page is outside of all names by itself, 0 to 1. */
    double none(int i) {
        return Math.exp(itself[i - from][other]);
    }

    private double[] logarithms(int i) {
        double[] values = finder.likelihoods(traits.of(i), new double[getNumOutcomes()]);
        for (int b = 0; b < values.length; b++) values[b] = Math.log(values[b]);
        return values;
    }

    /** How likely each outcome of token {@code i} of the page is after two others, 0 to 1. */
    double[] likelihoods(int i, String last, String secondLast) {
        return finder.likelihoods(traits.after(i, last, secondLast), itself[i - from].clone());
    }

    @Override
    public String[] getContext(int i, Integer[] tokens, String[] before, Object[] more) {
        at = tokens[i];
        return new String[] {i > 0 ? before[i - 1] : Traits.EDGE, i > 1 ? before[i - 2] : Traits.EDGE};
    }

    @Override
    public double[] eval(String[] context) {
        return likelihoods(at, context[0], context[1]);
    }

    @Override
    public double[] eval(String[] context, double[] likelihoods) {
        double[] values = eval(context);
        System.arraycopy(values, 0, likelihoods, 0, values.length);
        return likelihoods;
    }

    @Override
    public double[] eval(String[] context, float[] values) {
        return eval(context);
    }

    @Override
    public String getBestOutcome(double[] likelihoods) {
        int best = 0;
        for (int b = 1; b < likelihoods.length; b++) if (likelihoods[b] > likelihoods[best]) best = b;
        return getOutcome(best);
    }

    @Override
    public String getAllOutcomes(double[] likelihoods) {
        return finder.outcomes() + " " + Arrays.toString(likelihoods);
    }

    @Override
    public String getOutcome(int index) {
        return finder.outcomes().get(index);
    }

    @Override
    public int getIndex(String outcome) {
        return finder.outcomes().indexOf(outcome);
    }

    @Override
    public int getNumOutcomes() {
        return finder.outcomes().size();
    }
}
