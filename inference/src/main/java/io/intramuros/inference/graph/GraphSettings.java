// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

/**
 * Choices of a conversion.
 *
 * @param context most tokens that a sequence may hold; the model's own where that is less; 1 to 2^20
 * @param accuracyLevel of the quantised products: 0 computes in 32-bit floats, 4 rounds activations to 8 bits, which is
 *     several times faster on CPUs and about as exact as llama.cpp
 * @param fineBelow models of fewer weights than this read their prompts in floats at level 4 too, by a graph of its own:
 *     a small model's answers suffer visibly from the rounding, most of all from that of the prompt; 0 for none
 */
public record GraphSettings(int context, int accuracyLevel, long fineBelow) {
    /** What serves: at most 32,768 tokens, level 4, with fine prompts below half a billion weights. */
    public static final GraphSettings DEFAULT = new GraphSettings(32_768, 4, 500_000_000);

    /** Checks the ranges. */
    public GraphSettings {
        if (context < 1 || context > 1 << 20) {
            throw new IllegalArgumentException("context: " + context + " (expected: 1 to " + (1 << 20) + ")");
        }
        if (accuracyLevel != 0 && accuracyLevel != 4) {
            throw new IllegalArgumentException("accuracy level: " + accuracyLevel + " (expected: 0 or 4)");
        }
        if (fineBelow < 0) {
            throw new IllegalArgumentException("fine below: " + fineBelow + " (expected: at least 0)");
        }
    }
}
