// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.DecoderSpec;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The shape of a converted model, in a file beside it; written last, so its presence says that the rest is there. */
final class SpecFile {
    private static final String NAME = "model.properties";

    private SpecFile() {}

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    static void write(Path folder, DecoderSpec spec) throws IOException {
        String text = """
                layers=%d
                hidden=%d
                heads=%d
                kvHeads=%d
                headSize=%d
                feedForward=%d
                vocabulary=%d
                context=%d
                epsilon=%s
                ropeBase=%s
                ropeScale=%s
                """.formatted(
                        spec.layers(),
                        spec.hidden(),
                        spec.heads(),
                        spec.kvHeads(),
                        spec.headSize(),
                        spec.feedForward(),
                        spec.vocabulary(),
                        spec.context(),
                        spec.epsilon(),
                        spec.ropeBase(),
                        spec.ropeScale());
        Files.writeString(folder.resolve(NAME), text);
    }

    static DecoderSpec read(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(NAME))) {
            properties.load(reader);
        }
        try {
            return new DecoderSpec(
                    integer(properties, "layers"),
                    integer(properties, "hidden"),
                    integer(properties, "heads"),
                    integer(properties, "kvHeads"),
                    integer(properties, "headSize"),
                    integer(properties, "feedForward"),
                    integer(properties, "vocabulary"),
                    integer(properties, "context"),
                    Float.parseFloat(value(properties, "epsilon")),
                    Double.parseDouble(value(properties, "ropeBase")),
                    Double.parseDouble(value(properties, "ropeScale")));
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(NAME) + ": not the shape of a model", e);
        }
    }

    private static int integer(Properties properties, String key) throws IOException {
        return Integer.parseInt(value(properties, key));
    }

    private static String value(Properties properties, String key) throws IOException {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IOException(NAME + ": no " + key + " (expected: every part of the shape)");
        }
        return value;
    }
}
