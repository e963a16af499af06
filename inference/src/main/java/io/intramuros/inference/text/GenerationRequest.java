// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;

/**
 * What to generate.
 *
 * @param prompt the ids to go on from; at least one, fewer than the model's context
 * @param maxTokens the most tokens to generate; at least 1
 * @param sampling how each token is chosen
 * @param stops strings that end the text and are no part of it; each at least one character
 * @param ignoreEnd whether the model's own end of text is passed over: for measurements
 * @param tenant whose it is, as {@link io.intramuros.inference.engine.Decoder.Plan#tenant}
 */
public record GenerationRequest(
        List<Integer> prompt, int maxTokens, Sampling sampling, List<String> stops, boolean ignoreEnd, String tenant) {
    public GenerationRequest {
        prompt = List.copyOf(prompt);
        stops = List.copyOf(stops);
        if (prompt.isEmpty()) {
            throw new IllegalArgumentException("prompt: 0 tokens (expected: at least 1)");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max tokens: " + maxTokens + " (expected: at least 1)");
        }
        if (stops.contains("")) {
            throw new IllegalArgumentException("stop: empty (expected: at least one character)");
        }
    }

    /** A request of nobody in particular. */
    public GenerationRequest(
            List<Integer> prompt, int maxTokens, Sampling sampling, List<String> stops, boolean ignoreEnd) {
        this(prompt, maxTokens, sampling, stops, ignoreEnd, "");
    }

    /** The most tokens that the model holds for it. */
    public int tokens() {
        return (int) Math.min(Integer.MAX_VALUE, (long) prompt.size() + maxTokens);
    }

    /** Says how much there is, and never what it is. */
    @Override
    public String toString() {
        return "GenerationRequest[prompt=" + prompt.size() + " tokens, maxTokens=" + maxTokens + "]";
    }
}
