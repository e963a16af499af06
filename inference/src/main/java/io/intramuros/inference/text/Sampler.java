// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Chooses token after token of one generation, by its settings and its own random numbers. For one thread. */
final class Sampler {
    /** Tokens less likely than e^-24 of the likeliest are never drawn: together they weigh less than a rounding. */
    private static final double NEGLIGIBLE = 24;

    private final Sampling settings;
    private final SplittableRandom random;
    private final Map<Integer, Integer> generated = new HashMap<>();

    Sampler(Sampling settings) {
        this.settings = settings;
        this.random = settings.seed().isPresent()
                ? new SplittableRandom(settings.seed().getAsLong())
                : new SplittableRandom();
    }

    /**
     * The next token.
     *
     * @param logits one score per token of the vocabulary; not changed
     */
    int next(float[] logits) {
        float[] scores = penalised(logits);
        int best = likeliest(scores);
        int token = settings.temperature() == 0 ? best : draw(scores, scores[best]);
        generated.merge(token, 1, Integer::sum);
        return token;
    }

    private float[] penalised(float[] logits) {
        if (settings.presencePenalty() == 0 && settings.frequencyPenalty() == 0) {
            return logits;
        }
        float[] scores = logits.clone();
        generated.forEach((token, times) ->
                scores[token] -= (float) (settings.presencePenalty() + times * settings.frequencyPenalty()));
        return scores;
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        if (!Float.isFinite(scores[best])) {
            throw new IllegalStateException("logits: best score " + scores[best] + " (expected: a finite number)");
        }
        return best;
    }

    private int draw(float[] scores, float best) {
        double floor = best - NEGLIGIBLE * settings.temperature();
        long[] ranked = ranked(scores, (float) floor);
        int count = settings.topK() == 0 ? ranked.length : Math.min(settings.topK(), ranked.length);
        double[] weights = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp((scores[id(ranked[i])] - best) / settings.temperature());
            total += weights[i];
        }
        double kept = 0;
        int last = 0;
        while (last < count && kept < total * settings.topP()) {
            kept += weights[last++];
        }
        return id(ranked[pick(weights, last, kept)]);
    }

    private int pick(double[] weights, int count, double sum) {
        double point = random.nextDouble() * sum;
        int i = 0;
        while (i < count - 1 && point >= weights[i]) {
            point -= weights[i++];
        }
        return i;
    }

    /** Tokens that score at least the floor, best first, the lower id first among equals: score and id in one long. */
    private static long[] ranked(float[] scores, float floor) {
        long[] keys = new long[scores.length];
        int count = 0;
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] >= floor) {
                int bits = Float.floatToIntBits(scores[id]);
                int ascending = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
                keys[count++] = (long) ~ascending << Integer.SIZE | id;
            }
        }
        long[] out = Arrays.copyOf(keys, count);
        Arrays.sort(out);
        return out;
    }

    private static int id(long key) {
        return (int) key;
    }
}
