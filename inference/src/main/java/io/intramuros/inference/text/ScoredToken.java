// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;

/**
 * How likely a token was.
 *
 * @param chosen the token itself
 * @param likeliest those that the model held for the likeliest, that one first
 */
public record ScoredToken(Candidate chosen, List<Candidate> likeliest) {
    public ScoredToken {
        likeliest = List.copyOf(likeliest);
    }

    /**
     * A token with the natural logarithm of its probability.
     *
     * @param logprob by the model alone, at temperature 1
     */
    public record Candidate(int id, double logprob) {}
}
