// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;
import java.nio.file.Path;

/** Turns a GGUF file into a graph that can be run; a seam to the engine. */
interface Converter {
    /** Names what writes the graph: another version may write another graph from the same file. */
    String version();

    /** Writes the graph of a GGUF file into a folder. */
    void convert(Path gguf, Path folder, PullProgress progress) throws IOException;
}
