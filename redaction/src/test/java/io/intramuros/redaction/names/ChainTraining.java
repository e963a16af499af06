// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Fits a {@link Chain} to labelled sentences: the likelihood of the labels is raised sentence by sentence, each weight at a
 * pace of its own (AdaGrad), towards zero where nothing holds it (L2). Same sentences and seed, same model.
 */
final class ChainTraining {
    /** A sentence: the traits of its tokens, {@link Traits#MOST} each, and their labels. */
    static final class Sentence {
        private final int[] traits;
        private final int[] labels;

        Sentence(int[] traits, int[] labels) {
            this.traits = traits;
            this.labels = labels;
        }
    }

    private static final double PACE = 0.15;
    /** A trait none of whose weights reaches this tells nothing; without these a model is smaller, faster and no worse. */
    private static final float TELLING = 0.3f;

    private static final float LEAST = 0.1f;

    private final Labels labels;
    private final int size;
    private final List<Sentence> sentences;
    private final double shrink;
    private final int epochs;
    private final Table rows;
    private final int[] keys;
    private final float[] weights;
    private final float[] paces;
    private final float[] pairs;
    private final float[] pairPaces;

    /**
     * @param fewest how often a trait must occur
     * @param shrink how strongly weights are drawn to zero
     */
    ChainTraining(Labels labels, List<Sentence> sentences, int fewest, double shrink, int epochs) {
        this.labels = labels;
        this.size = labels.size();
        this.sentences = new ArrayList<>(sentences);
        this.shrink = shrink;
        this.epochs = epochs;
        this.keys = frequent(sentences, fewest);
        this.rows = new Table(keys.length);
        for (int i = 0; i < keys.length; i++) rows.put(keys[i], i);
        for (Sentence sentence : sentences)
            for (int t = 0; t < sentence.traits.length; t++)
                sentence.traits[t] = sentence.traits[t] == 0 ? -1 : rows.get(sentence.traits[t]);
        this.weights = new float[keys.length * size];
        this.paces = new float[keys.length * size];
        this.pairs = new float[size * size];
        this.pairPaces = new float[size * size];
    }

    private static int[] frequent(List<Sentence> sentences, int fewest) {
        int total = 0;
        for (Sentence sentence : sentences) total += sentence.traits.length;
        int[] all = new int[total];
        int at = 0;
        for (Sentence sentence : sentences) {
            System.arraycopy(sentence.traits, 0, all, at, sentence.traits.length);
            at += sentence.traits.length;
        }
        Arrays.parallelSort(all);
        int kept = 0;
        for (int from = 0; from < total; ) {
            int to = from;
            while (to < total && all[to] == all[from]) to++;
            if (all[from] != 0 && to - from >= fewest) all[kept++] = all[from];
            from = to;
        }
        return Arrays.copyOf(all, kept);
    }

    Chain fit(long seed) {
        Random random = new Random(seed);
        for (int epoch = 0; epoch < epochs; epoch++) {
            Collections.shuffle(sentences, random);
            Lattice lattice = new Lattice(size, pairs);
            double[] expected = new double[size * size];
            int batch = 0;
            for (Sentence sentence : sentences) {
                learn(sentence, lattice, expected);
                if (++batch % 64 == 0) {
                    learnPairs(expected);
                    lattice = new Lattice(size, pairs);
                    expected = new double[size * size];
                }
            }
            learnPairs(expected);
        }
        return built();
    }

    private void learn(Sentence sentence, Lattice lattice, double[] expected) {
        float[] scores = new float[sentence.labels.length * size];
        for (int t = 0; t < sentence.traits.length; t++) {
            int row = sentence.traits[t];
            if (row < 0) continue;
            int at = t / Traits.MOST * size;
            for (int b = 0; b < size; b++) scores[at + b] += weights[row * size + b];
        }
        Lattice.Passes passes = lattice.new Passes(scores);
        double[] slope = passes.marginals();
        for (int i = 0; i < sentence.labels.length; i++) slope[i * size + sentence.labels[i]] -= 1;
        passes.addPairs(expected);
        for (int i = 1; i < sentence.labels.length; i++)
            expected[sentence.labels[i - 1] * size + sentence.labels[i]] -= 1;
        for (int t = 0; t < sentence.traits.length; t++) {
            int row = sentence.traits[t];
            if (row < 0) continue;
            int at = t / Traits.MOST * size;
            for (int b = 0; b < size; b++) {
                double g = slope[at + b];
                if (g > -1e-4 && g < 1e-4) continue;
                int w = row * size + b;
                g += shrink * weights[w];
                paces[w] += (float) (g * g);
                weights[w] -= (float) (PACE * g / (Math.sqrt(paces[w]) + 1e-3));
            }
        }
    }

    private void learnPairs(double[] slope) {
        for (int p = 0; p < slope.length; p++) {
            double g = slope[p];
            if (g == 0) continue;
            pairPaces[p] += (float) (g * g);
            pairs[p] -= (float) (PACE * g / (Math.sqrt(pairPaces[p]) + 1e-3));
        }
    }

    private Chain built() {
        float most = 0;
        for (float weight : weights) most = Math.max(most, Math.abs(weight));
        Chain.Builder builder = new Chain.Builder(labels, Math.min(most, 4), pairs, keys.length);
        float[] row = new float[size];
        for (int k = 0; k < keys.length; k++) {
            float largest = 0;
            for (int b = 0; b < size; b++) {
                float weight = weights[k * size + b];
                row[b] = Math.abs(weight) < LEAST ? 0 : weight;
                largest = Math.max(largest, Math.abs(weight));
            }
            if (largest >= TELLING) builder.add(keys[k], row);
        }
        return builder.build();
    }
}
