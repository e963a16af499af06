// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.OptionalLong;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 to 2; 0 takes the likeliest token always
 * @param topP above 0 to 1; only the likeliest tokens that together reach it are drawn from
 * @param topK 0 for all; else how many of the likeliest are drawn from
 * @param presencePenalty -2 to 2; taken once from the score of each token already generated
 * @param frequencyPenalty -2 to 2; taken as often as the token was generated
 * @param seed the same seed gives the same text; without one each run differs
 */
public record Sampling(
        double temperature, double topP, int topK, double presencePenalty, double frequencyPenalty, OptionalLong seed) {
    /** The likeliest token, always. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0, OptionalLong.empty());

    public Sampling {
        within("temperature", temperature, 0, 2);
        within("top_p", topP, Double.MIN_VALUE, 1);
        within("top_k", topK, 0, Integer.MAX_VALUE);
        within("presence_penalty", presencePenalty, -2, 2);
        within("frequency_penalty", frequencyPenalty, -2, 2);
    }

    private static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            String from = low == Double.MIN_VALUE ? "above 0" : Double.toString(low);
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + from + " to " + high + ")");
        }
    }
}
