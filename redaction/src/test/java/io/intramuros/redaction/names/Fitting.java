// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;

/**
 * Fits OpenNLP's maximum entropy model to tokens whose outcome is known: the likelihood of the outcomes is raised token by
 * token, each weight at a pace of its own (AdaGrad), towards zero where nothing holds it (L2), and each time with some traits
 * left out, so that none is trusted alone. Same tokens and seed, same model. OpenNLP's quasi-Newton trainer had not finished in
 * nine minutes what this does in one.
 */
final class Fitting {
    /** A token of a training text. */
    static final class Token {
        private final int[] traits;
        private final String outcome;

        Token(int[] traits, String outcome) {
            this.traits = traits;
            this.outcome = outcome;
        }
    }

    private static final int FEWEST = 2;
    private static final int EPOCHS = 9;
    private static final double SHRINK = 1e-4;
    private static final double PACE = 0.15;
    private static final double LEFT_OUT = 0.3;
    /** A trait none of whose weights reaches this tells nothing; without these a model is smaller, faster and no worse. */
    private static final float TELLING = 0.3f;

    private static final float LEAST = 0.1f;
    /** Weights are rounded to this, so that the file packs well. */
    private static final float STEP = 1 / 32f;

    private static final float CALM = 1e-3f;

    private final List<String> outcomes;
    private final int size;
    private final int[] keys;
    private final int[][] traits;
    private final int[] right;
    private final float[] weights;
    private final float[] paces;

    Fitting(List<Token> tokens) {
        this.outcomes =
                tokens.stream().map(token -> token.outcome).distinct().sorted().toList();
        this.size = outcomes.size();
        this.keys = frequent(tokens);
        Table rows = new Table(keys.length);
        for (int i = 0; i < keys.length; i++) rows.put(keys[i], i);
        this.traits = new int[tokens.size()][];
        this.right = new int[tokens.size()];
        for (int i = 0; i < traits.length; i++) {
            traits[i] = Arrays.stream(tokens.get(i).traits)
                    .map(rows::get)
                    .filter(row -> row >= 0)
                    .distinct()
                    .toArray();
            right[i] = outcomes.indexOf(tokens.get(i).outcome);
        }
        this.weights = new float[keys.length * size];
        this.paces = new float[keys.length * size];
    }

    private static int[] frequent(List<Token> tokens) {
        int[] all = tokens.stream()
                .flatMapToInt(token -> Arrays.stream(token.traits))
                .filter(trait -> trait != 0)
                .toArray();
        Arrays.parallelSort(all);
        int kept = 0;
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to] == all[from]) to++;
            if (to - from >= FEWEST) all[kept++] = all[from];
            from = to;
        }
        return Arrays.copyOf(all, kept);
    }

    /** The model, each of whose traits is named by its number. */
    GISModel fit(long seed) {
        Random random = new Random(seed);
        int[] order = IntStream.range(0, right.length).toArray();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int token = order[i];
                order[i] = order[other];
                order[other] = token;
            }
            for (int token : order) learn(token, random);
        }
        return model();
    }

    private void learn(int token, Random random) {
        int[] some = traits[token].clone();
        int left = 0;
        for (int trait : some) if (random.nextDouble() >= LEFT_OUT) some[left++] = trait;
        double[] slope = likelihoods(some, left);
        slope[right[token]] -= 1;
        for (int b = 0; b < size; b++) {
            if (Math.abs(slope[b]) < 1e-4) continue;
            for (int t = 0; t < left; t++) {
                int w = some[t] * size + b;
                double g = slope[b] + SHRINK * weights[w];
                paces[w] += (float) (g * g);
                weights[w] -= (float) (PACE * g / (Math.sqrt(paces[w]) + CALM));
            }
        }
    }

    private double[] likelihoods(int[] some, int left) {
        double[] values = new double[size];
        for (int t = 0; t < left; t++) for (int b = 0; b < size; b++) values[b] += weights[some[t] * size + b];
        double most = Arrays.stream(values).max().orElseThrow();
        double sum = 0;
        for (int b = 0; b < size; b++) {
            values[b] = Math.exp(values[b] - most);
            sum += values[b];
        }
        for (int b = 0; b < size; b++) values[b] /= sum;
        return values;
    }

    private GISModel model() {
        List<Context> contexts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < keys.length; k++) {
            int row = k * size;
            int[] telling = IntStream.range(0, size)
                    .filter(b -> Math.abs(weights[row + b]) >= LEAST)
                    .toArray();
            if (Arrays.stream(telling).noneMatch(b -> Math.abs(weights[row + b]) >= TELLING)) continue;
            double[] values = Arrays.stream(telling)
                    .mapToDouble(b -> Math.round(weights[row + b] / STEP) * STEP)
                    .toArray();
            contexts.add(new Context(telling, values));
            names.add(Integer.toUnsignedString(keys[k], Finder.RADIX));
        }
        return new GISModel(
                contexts.toArray(Context[]::new), names.toArray(String[]::new), outcomes.toArray(String[]::new));
    }
}
