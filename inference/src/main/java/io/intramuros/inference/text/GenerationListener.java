// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.io.IOException;

/** Hears a generation as it runs, on the thread that runs it. What it throws ends the generation. */
public interface GenerationListener {
    /** The first token is there, though its text may still be held back. */
    default void firstToken() throws IOException, InterruptedException {}

    /** How likely the next token of the text was; the text itself may come later. Only where it was asked for. */
    default void scored(ScoredToken token) {}

    /**
     * More of the text.
     *
     * @param piece whole characters; at least one
     */
    void text(String piece) throws IOException, InterruptedException;
}
