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
 */
public record GenerationRequest(
        List<Integer> prompt, int maxTokens, Sampling sampling, List<String> stops, boolean ignoreEnd) {
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

    /** Says how much there is, and never what it is. */
    @Override
    public String toString() {
        return "GenerationRequest[prompt=" + prompt.size() + " tokens, maxTokens=" + maxTokens + "]";
    }
}
