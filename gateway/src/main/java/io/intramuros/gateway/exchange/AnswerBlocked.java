// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** The model said what a policy forbids to pass on. Thrown from within a stream, which has no other way to end. */
public final class AnswerBlocked extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String because;

    /** For an entity type. */
    public AnswerBlocked(String because) {
        super("answer: holds " + because + ", which a policy blocks");
        this.because = because;
    }

    /** The entity type. */
    public String because() {
        return because;
    }
}
