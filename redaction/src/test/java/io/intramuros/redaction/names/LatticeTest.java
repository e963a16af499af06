// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against all ways to label a short sentence, tried one by one. */
class LatticeTest {
    private static final int LABELS = 9;
    private static final int ROUNDS = 40;

    private final Random random = new Random(11);

    private float[] random(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }

    /** All allowed labellings of {@code size} tokens with what they weigh. */
    private static void each(int[] path, int at, double sum, Sentence sentence, Visitor visitor) {
        if (at == path.length) {
            if (Labels.closes(path[at - 1])) visitor.visit(path, sum);
            return;
        }
        for (int label = 0; label < LABELS; label++) {
            boolean may = at == 0 ? Labels.opens(label) : Labels.follows(path[at - 1], label);
            if (!may) continue;
            path[at] = label;
            double pair = at == 0 ? 0 : sentence.pairs[path[at - 1] * LABELS + label];
            each(path, at + 1, sum + pair + sentence.scores[at * LABELS + label], sentence, visitor);
        }
    }

    private static final class Sentence {
        private final float[] scores;
        private final float[] pairs;

        private Sentence(float[] scores, float[] pairs) {
            this.scores = scores;
            this.pairs = pairs;
        }
    }

    private interface Visitor {
        void visit(int[] path, double sum);
    }

    @Test
    void best_anyScores_isTheHeaviestAllowedLabelling() {
        for (int round = 0; round < ROUNDS; round++) {
            Sentence sentence = new Sentence(random(4 * LABELS), random(LABELS * LABELS));
            double[] most = {Double.NEGATIVE_INFINITY};
            int[][] best = new int[1][];
            each(new int[4], 0, 0, sentence, (path, sum) -> {
                if (sum <= most[0]) return;
                most[0] = sum;
                best[0] = path.clone();
            });
            assertThat(new Lattice(LABELS, sentence.pairs).best(sentence.scores))
                    .isEqualTo(best[0]);
        }
    }

    @Test
    void likelihoods_anyScores_areTheSharesOfAllLabellings() {
        for (int round = 0; round < ROUNDS; round++) {
            Sentence sentence = new Sentence(random(4 * LABELS), random(LABELS * LABELS));
            double[] shares = new double[4 * LABELS];
            double[] all = new double[1];
            each(new int[4], 0, 0, sentence, (path, sum) -> {
                all[0] += Math.exp(sum);
                for (int i = 0; i < path.length; i++) shares[i * LABELS + path[i]] += Math.exp(sum);
            });
            double[] likelihoods = new Lattice(LABELS, sentence.pairs).likelihoods(sentence.scores);
            for (int i = 0; i < shares.length; i++)
                assertThat(likelihoods[i]).isCloseTo(shares[i] / all[0], within(1e-6));
        }
    }

    @Test
    void addPairs_anyScores_areTheExpectedPairs() {
        Sentence sentence = new Sentence(random(3 * LABELS), random(LABELS * LABELS));
        double[] shares = new double[LABELS * LABELS];
        double[] all = new double[1];
        each(new int[3], 0, 0, sentence, (path, sum) -> {
            all[0] += Math.exp(sum);
            for (int i = 1; i < path.length; i++) shares[path[i - 1] * LABELS + path[i]] += Math.exp(sum);
        });
        double[] expected = new double[LABELS * LABELS];
        Lattice lattice = new Lattice(LABELS, sentence.pairs);
        lattice.new Passes(sentence.scores).addPairs(expected);
        for (int p = 0; p < expected.length; p++) assertThat(expected[p]).isCloseTo(shares[p] / all[0], within(1e-6));
    }

    @Test
    void best_noTokens_noLabels() {
        Lattice lattice = new Lattice(LABELS, new float[LABELS * LABELS]);
        assertThat(lattice.best(new float[0])).isEmpty();
        assertThat(lattice.likelihoods(new float[0])).isEmpty();
    }

    @Test
    void likelihoods_hugeScores_stayNumbers() {
        float[] scores = new float[200 * LABELS];
        Arrays.fill(scores, 300f);
        for (int i = 0; i < 200; i++) scores[i * LABELS + i % LABELS] = 900f;
        double[] likelihoods = new Lattice(LABELS, random(LABELS * LABELS)).likelihoods(scores);
        for (double likelihood : likelihoods) assertThat(likelihood).isBetween(0.0, 1.0);
    }
}
