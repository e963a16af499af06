// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in a model's {@code model.json}; it is written last, so that a model without one is no model.
 *
 * @param sha256 the digest of {@code model.gguf}
 * @param bytes its size
 * @param converter what wrote the graph; another converter means that it must be written anew
 * @param graph the graph's folder, by its name
 */
record Manifest(String sha256, long bytes, String converter, String graph) {
    private static final String FILE = "model.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads a folder's manifest; empty where there is none, or none that can be read. */
    static Optional<Manifest> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return Optional.of(new Manifest(
                    node.path("sha256").asString(""),
                    node.path("bytes").asLong(-1),
                    node.path("converter").asString(""),
                    node.path("graph").asString("")));
        } catch (JacksonException e) {
            System.getLogger("store").log(System.Logger.Level.WARNING, FILE + " of a model is not JSON", e);
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        byte[] json = JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("sha256", sha256)
                .put("bytes", bytes)
                .put("converter", converter)
                .put("graph", graph));
        Files.write(folder.resolve(FILE), json);
    }
}
