// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

/** The tokens do not fit into the context of the model. */
public final class ContextFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Tokens needed, and the most that fit. */
    public ContextFullException(int needed, int context) {
        super("tokens: " + needed + " (expected: at most " + context + ", the context of the model)");
    }
}
