// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.grammar.Grammar;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What to generate.
 *
 * @param prompt the ids to go on from; at least one, fewer than the model's context
 * @param maxTokens the most tokens to generate; at least 1
 * @param sampling how each token is chosen
 * @param stops strings that end the text and are no part of it; each at least one character
 * @param ignoreEnd whether the model's own end of text is passed over: for measurements
 * @param tenant whose it is, as {@link io.intramuros.inference.engine.Decoder.Plan#tenant}
 * @param shape what the text must look like, and what is told of its tokens
 */
public record GenerationRequest(
        List<Integer> prompt,
        int maxTokens,
        Sampling sampling,
        List<String> stops,
        boolean ignoreEnd,
        String tenant,
        Shape shape) {
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

    /**
     * What a text must look like, and what is told of its tokens.
     *
     * @param grammar what the text follows; it ends where the grammar does
     * @param logprobs whether the listener hears how likely each token was, and how many others then
     * @param spelled control tokens that are told as what they are spelled
     */
    public record Shape(Optional<Grammar> grammar, OptionalInt logprobs, Set<Integer> spelled) {
        /** Any text, of which only the text is told. */
        public static final Shape FREE = new Shape(Optional.empty(), OptionalInt.empty());

        /** Copies the set. */
        public Shape {
            spelled = Set.copyOf(spelled);
        }

        /** Without control tokens. */
        public Shape(Optional<Grammar> grammar, OptionalInt logprobs) {
            this(grammar, logprobs, Set.of());
        }
    }

    /** The same for one of several answers. */
    public GenerationRequest forAnswer(int index) {
        return new GenerationRequest(prompt, maxTokens, sampling.forAnswer(index), stops, ignoreEnd, tenant, shape);
    }

    /** A request of nobody in particular. */
    public GenerationRequest(
            List<Integer> prompt, int maxTokens, Sampling sampling, List<String> stops, boolean ignoreEnd) {
        this(prompt, maxTokens, sampling, stops, ignoreEnd, "", Shape.FREE);
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
