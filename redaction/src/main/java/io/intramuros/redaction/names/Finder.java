// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.EvalParameters;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.SequenceCodec;

/**
 * An OpenNLP name finder that knows its traits by number. Its file is OpenNLP's own; {@code NameFinderME} itself makes a
 * string of each trait for each step of its search, which costs more than all the rest.
 */
final class Finder {
    /** The entry of an OpenNLP model file that holds the weights. */
    static final String WEIGHTS = "nameFinder.model";

    /** In which base the model file writes the numbers of traits. */
    static final int RADIX = 36;

    private static final int UNKNOWN = -1;

    private final Table rows;
    private final EvalParameters weights;
    private final List<String> outcomes;
    private final Clusters clusters;

    private Finder(Table rows, EvalParameters weights, List<String> outcomes, Clusters clusters) {
        this.rows = rows;
        this.weights = weights;
        this.outcomes = outcomes;
        this.clusters = clusters;
    }

    /** How the parts of names are written as outcomes: first, inner, last and only token. */
    static SequenceCodec<String> codec() {
        return new BilouCodec();
    }

    /**
     * Reads a model file.
     *
     * @param clusters those that it was trained with
     * @throws IOException also where it is none of ours
     */
    static Finder load(InputStream in, Clusters clusters) throws IOException {
        TokenNameFinderModel model = new TokenNameFinderModel(in);
        if (!(model.getArtifact(WEIGHTS) instanceof GISModel maxent))
            throw new IOException("model: of another kind (expected: maximum entropy)");
        return of(maxent, clusters);
    }

    /** The finder with the weights of {@code model}, each trait named by its number. */
    static Finder of(GISModel model, Clusters clusters) throws IOException {
        if (!(model.getDataStructures()[1] instanceof Map<?, ?> known))
            throw new IOException("model: without traits (expected: a map of them)");
        Table rows = new Table(known.size());
        List<Context> contexts = new ArrayList<>(known.size());
        for (Map.Entry<?, ?> entry : known.entrySet()) {
            if (!(entry.getKey() instanceof String trait) || !(entry.getValue() instanceof Context context))
                throw new IOException("model: traits of another form (expected: numbers)");
            rows.put(number(trait), contexts.size());
            contexts.add(context);
        }
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < model.getNumOutcomes(); i++) outcomes.add(model.getOutcome(i));
        EvalParameters weights = new EvalParameters(contexts.toArray(Context[]::new), outcomes.size());
        return new Finder(rows, weights, List.copyOf(outcomes), clusters);
    }

    private static int number(String trait) throws IOException {
        try {
            return Integer.parseUnsignedInt(trait, RADIX);
        } catch (NumberFormatException e) {
            throw new IOException("model: traits of another form (expected: numbers)", e);
        }
    }

    /** Looks at a page, to {@link #read} its sentences. */
    Traits traits(Page page) {
        return Traits.of(page, clusters);
    }

    /** Reads tokens {@code from} to {@code to} (exclusive). */
    Reading read(Traits traits, int from, int to) {
        return new Reading(this, traits, from, to);
    }

    /** What a token may be: {@code other}, or a type and a part of a name. */
    List<String> outcomes() {
        return outcomes;
    }

    /**
     * How likely each outcome is by some traits.
     *
     * @param traits the traits' numbers; 0 is none
     * @param prior the logarithm of how likely each outcome is by all else, which the answer takes the place of
     */
    double[] likelihoods(int[] traits, double[] prior) {
        int[] known = new int[traits.length];
        int size = 0;
        for (int trait : traits) {
            int row = trait == 0 ? UNKNOWN : rows.get(trait);
            if (row != UNKNOWN) known[size++] = row;
        }
        return GISModel.eval(Arrays.copyOf(known, size), prior, weights);
    }
}
