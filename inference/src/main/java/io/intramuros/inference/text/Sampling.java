// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How the next token is chosen. The limits of what is drawn from apply in the order of the parameters, each to what the
 * one before left.
 *
 * @param temperature 0 to 2; 0 takes the likeliest token always
 * @param topP above 0 to 1; only the likeliest tokens that together reach it are drawn from
 * @param topK 0 for all; else how many of the likeliest are drawn from
 * @param minP 0 to 1; only tokens at least so likely, as a part of the likeliest, are drawn from
 * @param typicalP above 0 to 1; only the tokens whose surprise is nearest to the expected one, that together reach it,
 *     are drawn from (Meister and others, 2023)
 * @param penalties what is taken from the scores of tokens that were there already
 * @param bias what is added to the scores of tokens, by id; -100 to 100
 * @param seed the same seed gives the same text; without one each run differs
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        double typicalP,
        Penalties penalties,
        Map<Integer, Double> bias,
        OptionalLong seed) {
    /** The likeliest token, always. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0, OptionalLong.empty());

    public Sampling {
        bias = Map.copyOf(bias);
        within("temperature", temperature, 0, 2);
        within("top_p", topP, Double.MIN_VALUE, 1);
        within("top_k", topK, 0, Integer.MAX_VALUE);
        within("min_p", minP, 0, 1);
        within("typical_p", typicalP, Double.MIN_VALUE, 1);
        bias.values().forEach(value -> within("logit_bias", value, -100, 100));
    }

    /** Neither of the newer limits, no bias. */
    public Sampling(
            double temperature,
            double topP,
            int topK,
            double presencePenalty,
            double frequencyPenalty,
            OptionalLong seed) {
        this(temperature, topP, topK, 0, 1, new Penalties(presencePenalty, frequencyPenalty, 1), Map.of(), seed);
    }

    /** The same with a seed of its own, for one of several answers to one question. */
    public Sampling forAnswer(int index) {
        OptionalLong own = seed.isPresent() ? OptionalLong.of(seed.getAsLong() + index) : seed;
        return new Sampling(temperature, topP, topK, minP, typicalP, penalties, bias, own);
    }

    /**
     * What is taken from the scores of tokens that were there already.
     *
     * @param presence -2 to 2; taken once from the score of each token already generated
     * @param frequency -2 to 2; taken as often as the token was generated
     * @param repetition above 0 to 10; what positive scores of tokens of the prompt and the answer are divided by, and
     *     negative ones multiplied with; 1 for nothing (Keskar and others, 2019)
     */
    public record Penalties(double presence, double frequency, double repetition) {
        public Penalties {
            within("presence_penalty", presence, -2, 2);
            within("frequency_penalty", frequency, -2, 2);
            within("repetition_penalty", repetition, Double.MIN_VALUE, 10);
        }
    }

    private static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            String from = low == Double.MIN_VALUE ? "above 0" : Double.toString(low);
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + from + " to " + high + ")");
        }
    }
}
