// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

/** A model that turns a text into a vector; a seam to the sessions of the engine. */
interface Embedder extends AutoCloseable {
    /** The vector of a text of at most {@link #mostTokens} tokens. */
    float[] embed(String text);

    /** How many tokens a text has for this model. */
    int tokens(String text);

    /** The most tokens of a text. */
    int mostTokens();

    @Override
    void close();
}
