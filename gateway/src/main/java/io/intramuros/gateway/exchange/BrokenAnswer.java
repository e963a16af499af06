// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** A node's stream that is none, or that says it failed. Thrown from within a stream, which has no other way to end. */
public final class BrokenAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong; never a text of the node's. */
    public BrokenAnswer(String what) {
        super(what);
    }
}
