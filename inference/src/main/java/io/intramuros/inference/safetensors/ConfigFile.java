// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of a folder's JSON files, read by key; null counts as absent.
 *
 * @param name the file's name, for messages
 * @param root an object
 */
record ConfigFile(String name, JsonNode root) {
    private static final long LONGEST = 256L << 20;

    static Optional<ConfigFile> find(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LONGEST) {
            throw new SafetensorsException(
                    name + ": " + Files.size(file) + " bytes (expected: at most " + LONGEST + ")");
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new SafetensorsException(name + ": not an object (expected: keys and values)");
            }
            return Optional.of(new ConfigFile(name, root));
        } catch (JacksonException e) {
            var refused = new SafetensorsException(name + ": not JSON");
            refused.initCause(e);
            throw refused;
        }
    }

    static ConfigFile required(Path folder, String name) throws IOException {
        return find(folder, name)
                .orElseThrow(() -> new SafetensorsException(name + ": missing (expected: in the folder)"));
    }

    Optional<JsonNode> node(String key) {
        return Optional.ofNullable(root.get(key)).filter(node -> !node.isNull());
    }

    long number(String key) throws SafetensorsException {
        return node(key)
                .filter(node -> node.isIntegralNumber() && node.canConvertToLong())
                .map(JsonNode::longValue)
                .orElseThrow(() -> new SafetensorsException(name + ": " + key + " (expected: a whole number)"));
    }

    long number(String key, long absent) throws SafetensorsException {
        return node(key).isPresent() ? number(key) : absent;
    }

    OptionalDouble real(String key) throws SafetensorsException {
        Optional<JsonNode> node = node(key);
        if (node.isPresent() && !node.get().isNumber()) {
            throw new SafetensorsException(name + ": " + key + " (expected: a number)");
        }
        return node.isPresent() ? OptionalDouble.of(node.get().doubleValue()) : OptionalDouble.empty();
    }

    Optional<String> text(String key) {
        return node(key).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    boolean flag(String key, boolean absent) {
        return node(key).map(node -> node.asBoolean(absent)).orElse(absent);
    }
}
