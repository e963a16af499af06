// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

/** The sequence was cancelled while, or before, it ran. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a cause: someone asked for it. */
    public CancelledException() {
        super("the sequence was cancelled");
    }
}
