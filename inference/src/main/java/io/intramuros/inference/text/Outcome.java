// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

/**
 * How a generation ended.
 *
 * @param reason why there is no more
 * @param promptTokens how many tokens it went on from
 * @param completionTokens how many tokens it made, the one that ended it included
 */
public record Outcome(Reason reason, int promptTokens, int completionTokens) {
    /** Why a generation ended. */
    public enum Reason {
        /** The model ended its text, or a stop string came. */
        STOP,
        /** The limit of tokens, or the model's context, was reached. */
        LENGTH,
        /** Someone asked for it to end. */
        CANCELLED
    }
}
