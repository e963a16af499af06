// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/**
 * Tokens of an exchange.
 *
 * @param in of the prompt
 * @param out of the answer
 */
public record Usage(long in, long out) {
    public static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (in < 0 || out < 0) throw new IllegalArgumentException("tokens: " + in + ", " + out + " (expected: >= 0)");
    }

    /** Both together. */
    public long total() {
        return in + out;
    }
}
