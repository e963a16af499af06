// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.encode;

/** A text has more tokens than the model can see; nothing of it was encoded. */
public final class TextTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which and by how much.
     *
     * @param index of the text in the list that was given, from 0
     */
    public TextTooLongException(int index, int tokens, int most) {
        super("text " + index + ": " + tokens + " tokens (expected: at most " + most + ")");
    }
}
