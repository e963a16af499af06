// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/**
 * Tokens as a node counted them.
 *
 * @param in of the prompt, those from a cache included
 * @param out of the answer, those of its thinking included
 * @param cached how many of the prompt's came from a cache
 * @param reasoning how many of the answer's were thinking
 */
public record Tokens(long in, long out, long cached, long reasoning) {
    public static final Tokens NONE = new Tokens(0, 0, 0, 0);

    public Tokens {
        if (in < 0 || out < 0 || cached < 0 || reasoning < 0)
            throw new IllegalArgumentException("tokens: negative (expected: >= 0)");
    }

    /** Both together. */
    public long total() {
        return in + out;
    }
}
