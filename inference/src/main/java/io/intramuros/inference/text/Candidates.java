// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The tokens that may be drawn, likeliest first, the lower id first among equals, each with its weight. */
final class Candidates {
    /** Tokens less likely than e^-24 of the likeliest are never drawn: together they weigh less than a rounding. */
    private static final double NEGLIGIBLE = 24;

    private final int[] ids;
    private final double[] weights;

    private Candidates(int[] ids, double[] weights) {
        this.ids = ids;
        this.weights = weights;
    }

    /**
     * All that are not negligible.
     *
     * @param best the best of the scores; negative infinity for none, so that all of them count
     */
    static Candidates ranked(float[] scores, float best, double temperature) {
        double floor = best - NEGLIGIBLE * temperature;
        // Score and id in one long, to be sorted without objects.
        long[] keys = new long[scores.length];
        int count = 0;
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] >= floor && scores[id] != Float.NEGATIVE_INFINITY) {
                int bits = Float.floatToIntBits(scores[id]);
                int ascending = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
                keys[count++] = (long) ~ascending << Integer.SIZE | id;
            }
        }
        Arrays.sort(keys, 0, count);
        int[] ids = new int[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (int) keys[i];
            weights[i] = Math.exp((scores[ids[i]] - scores[ids[0]]) / temperature);
        }
        return new Candidates(ids, weights);
    }

    int count() {
        return ids.length;
    }

    int id(int rank) {
        return ids[rank];
    }

    /** The first of them. */
    Candidates limit(int most) {
        return most >= ids.length ? this : new Candidates(Arrays.copyOf(ids, most), Arrays.copyOf(weights, most));
    }

    /** As few of the first as together have that part of the weight. */
    Candidates reaching(double part) {
        double goal = total() * part;
        double kept = 0;
        int count = 0;
        while (count < ids.length && kept < goal) {
            kept += weights[count++];
        }
        return limit(count);
    }

    /** Those with at least that part of the first one's weight. */
    Candidates atLeast(double part) {
        double least = weights[0] * part;
        int count = ids.length;
        while (weights[count - 1] < least) {
            count--;
        }
        return limit(count);
    }

    /** As few as together have that part of the weight, those first whose surprise is nearest to the expected one. */
    Candidates typical(double part) {
        if (part == 1) {
            return this;
        }
        double total = total();
        double entropy = 0;
        for (double weight : weights) {
            entropy -= weight / total * Math.log(weight / total);
        }
        double expected = entropy;
        int[] order = IntStream.range(0, ids.length)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(a, total, expected), distance(b, total, expected)))
                .mapToInt(Integer::intValue)
                .toArray();
        BitSet kept = new BitSet();
        double sum = 0;
        for (int i = 0; i < order.length && sum < total * part; i++) {
            sum += weights[order[i]];
            kept.set(order[i]);
        }
        return new Candidates(
                kept.stream().map(i -> ids[i]).toArray(),
                kept.stream().mapToDouble(i -> weights[i]).toArray());
    }

    /** The one at a point from 0 to 1 of the weight. */
    int pick(double point) {
        double left = point * total();
        int i = 0;
        while (i < ids.length - 1 && left >= weights[i]) {
            left -= weights[i++];
        }
        return ids[i];
    }

    private double distance(int i, double total, double entropy) {
        return Math.abs(-Math.log(weights[i] / total) - entropy);
    }

    private double total() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return total;
    }
}
