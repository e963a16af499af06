// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.util.List;

/** A model that turns texts into vectors; a seam to the sessions of the engine. */
interface Embedder extends AutoCloseable {
    /** One vector for each text, in their order. */
    float[][] embed(List<String> texts);

    /** How many tokens a text has for this model. */
    int tokens(String text);

    @Override
    void close();
}
