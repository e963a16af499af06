// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.GraphSettings;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Loads tiny models for tests. */
final class Engines {
    private Engines() {}

    static OrtRuntime runtime() throws IOException {
        return OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")));
    }

    static Path convert(TinyLlama model, Path folder, int accuracyLevel) throws IOException {
        Path gguf = Files.write(folder.resolve("model.gguf"), model.gguf());
        return ModelConversion.convert(
                gguf, folder.resolve("converted"), new GraphSettings(4096, accuracyLevel, 0), (bytes, of) -> {});
    }

    static int[] tokens(int count) {
        int[] tokens = new int[count];
        Arrays.setAll(tokens, i -> (i * 37 + i / 7) % TinyLlama.VOCABULARY);
        return tokens;
    }

    /** The root of the mean square of the differences, against that of the values. */
    static double relativeError(float[] found, double[] expected) {
        double differences = 0;
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            differences += (found[i] - expected[i]) * (found[i] - expected[i]);
            squares += expected[i] * expected[i];
        }
        return Math.sqrt(differences / squares);
    }
}
