// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.engine.ModelConversion;
import io.intramuros.inference.graph.GraphBuilder;
import java.io.IOException;
import java.nio.file.Path;

/** Turns a GGUF file into a graph that can be run; a seam to the engine. */
interface Converter {
    /** The engine's own conversion. */
    Converter OF_THE_ENGINE = new Converter() {
        @Override
        public String version() {
            return "builder " + GraphBuilder.VERSION;
        }

        @Override
        public Path convert(Path gguf, Path folder, PullProgress progress) throws IOException {
            TextCheck.require(gguf);
            return ModelConversion.convert(gguf, folder, (done, total) -> progress.at("convert", done, total));
        }
    };

    /** Names what writes the graph: another version may write another graph from the same file. */
    String version();

    /** Writes the graph of a GGUF file into a folder below the given one, and says which. */
    Path convert(Path gguf, Path folder, PullProgress progress) throws IOException;
}
