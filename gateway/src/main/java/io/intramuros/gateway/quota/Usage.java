// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

/**
 * What one exchange used or may use.
 *
 * @param inputTokens tokens of the prompt, at least 0
 * @param outputTokens tokens of the answer, or their cap, at least 0
 * @param costMicros cost in micro-units of the models' currency, at least 0
 */
public record Usage(long inputTokens, long outputTokens, long costMicros) {
    /** What an exchange used that failed before its first byte. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Refuses negative amounts. */
    public Usage {
        if (inputTokens < 0 || outputTokens < 0 || costMicros < 0)
            throw new IllegalArgumentException(
                    "usage: " + inputTokens + ", " + outputTokens + ", " + costMicros + " (expected: each at least 0)");
    }

    /** All tokens, of prompt and answer. */
    public long tokens() {
        return Math.addExact(inputTokens, outputTokens);
    }

    /** The part of it that a limit of this unit counts; one request is one request, whatever it used. */
    long of(Limit.Unit unit) {
        return switch (unit) {
            case REQUESTS, CONCURRENCY -> 1;
            case TOKENS -> tokens();
            case COST -> costMicros;
        };
    }
}
