// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A linear-chain conditional random field over one sentence: the likeliest labels, and how likely each label of each token
 * is. Labels that may not follow each other never do.
 */
final class Lattice {
    private final int labels;
    /** {@code exp} of what it weighs that the second label follows the first; 0 where it may not. */
    private final double[] follow;

    private final double[] logFollow;
    /** For each label those that it may follow. */
    private final int[][] before;

    /**
     * A field of so many labels.
     *
     * @param weights of each pair of labels, the first label's row first
     */
    Lattice(int labels, float[] weights) {
        this.labels = labels;
        this.follow = new double[labels * labels];
        this.logFollow = new double[labels * labels];
        this.before = new int[labels][];
        for (int b = 0; b < labels; b++) {
            int next = b;
            before[b] = IntStream.range(0, labels)
                    .filter(a -> Labels.follows(a, next))
                    .toArray();
        }
        for (int a = 0; a < labels; a++) {
            for (int b = 0; b < labels; b++) {
                boolean may = Labels.follows(a, b);
                logFollow[a * labels + b] = may ? weights[a * labels + b] : Double.NEGATIVE_INFINITY;
                follow[a * labels + b] = may ? Math.exp(weights[a * labels + b]) : 0;
            }
        }
    }

    /** The likeliest labels of a sentence. {@code scores} holds for each token what each label weighs. */
    int[] best(float[] scores) {
        int size = scores.length / labels;
        if (size == 0) return new int[0];
        byte[] from = new byte[scores.length];
        double[] sums = new double[labels];
        for (int b = 0; b < labels; b++) sums[b] = Labels.opens(b) ? scores[b] : Double.NEGATIVE_INFINITY;
        for (int i = 1; i < size; i++) sums = step(scores, i, sums, from);
        int last = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < labels; b++) {
            if (!Labels.closes(b) || sums[b] <= most) continue;
            most = sums[b];
            last = b;
        }
        int[] path = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            path[i] = last;
            last = from[i * labels + last];
        }
        return path;
    }

    private double[] step(float[] scores, int i, double[] sums, byte[] from) {
        double[] now = new double[labels];
        for (int b = 0; b < labels; b++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int a : before[b]) {
                double sum = sums[a] + logFollow[a * labels + b];
                if (sum <= most) continue;
                most = sum;
                from[i * labels + b] = (byte) a;
            }
            now[b] = most + scores[i * labels + b];
        }
        return now;
    }

    /** For each token how likely each label is, 0 to 1. */
    double[] likelihoods(float[] scores) {
        return new Passes(scores).marginals();
    }

    /** The two passes over one sentence, forward and backward, each token's values scaled to a sum of 1. */
    final class Passes {
        private final int size;
        private final double[] local;
        private final double[] forward;
        private final double[] backward;

        Passes(float[] scores) {
            this.size = scores.length / labels;
            this.local = new double[scores.length];
            this.forward = new double[scores.length];
            this.backward = new double[scores.length];
            for (int i = 0; i < size; i++) exponentials(scores, i);
            forward();
            backward();
        }

        private void exponentials(float[] scores, int i) {
            float most = Float.NEGATIVE_INFINITY;
            for (int b = 0; b < labels; b++) most = Math.max(most, scores[i * labels + b]);
            for (int b = 0; b < labels; b++) local[i * labels + b] = Math.exp(scores[i * labels + b] - most);
        }

        private void forward() {
            for (int b = 0; b < labels && size > 0; b++) if (Labels.opens(b)) forward[b] = local[b];
            if (size > 0) scale(forward, 0);
            for (int i = 1; i < size; i++) {
                int at = i * labels;
                for (int b = 0; b < labels; b++) {
                    double sum = 0;
                    for (int a : before[b]) sum += forward[at - labels + a] * follow[a * labels + b];
                    forward[at + b] = sum * local[at + b];
                }
                scale(forward, at);
            }
        }

        private void backward() {
            int last = (size - 1) * labels;
            for (int b = 0; b < labels && size > 0; b++) backward[last + b] = Labels.closes(b) ? 1 : 0;
            for (int i = size - 2; i >= 0; i--) {
                int at = i * labels;
                for (int b = 0; b < labels; b++) {
                    double next = local[at + labels + b] * backward[at + labels + b];
                    for (int a : before[b]) backward[at + a] += follow[a * labels + b] * next;
                }
                scale(backward, at);
            }
        }

        private void scale(double[] values, int at) {
            double sum = 0;
            for (int b = 0; b < labels; b++) sum += values[at + b];
            if (sum > 0) for (int b = 0; b < labels; b++) values[at + b] /= sum;
        }

        double[] marginals() {
            double[] marginals = new double[forward.length];
            for (int i = 0; i < marginals.length; i++) marginals[i] = forward[i] * backward[i];
            for (int i = 0; i < size; i++) scale(marginals, i * labels);
            return marginals;
        }

        /** Adds for each pair of labels how often it is expected in the sentence. */
        void addPairs(double[] expected) {
            double[] pairs = new double[labels * labels];
            for (int i = 1; i < size; i++) {
                int at = i * labels;
                double sum = 0;
                Arrays.fill(pairs, 0);
                for (int b = 0; b < labels; b++) {
                    double next = local[at + b] * backward[at + b];
                    for (int a : before[b]) {
                        double pair = forward[at - labels + a] * follow[a * labels + b] * next;
                        pairs[a * labels + b] = pair;
                        sum += pair;
                    }
                }
                if (sum > 0) for (int p = 0; p < pairs.length; p++) expected[p] += pairs[p] / sum;
            }
        }
    }
}
