// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import tools.jackson.databind.JsonNode;

/**
 * A function that an answer may call.
 *
 * @param name its name
 * @param parameters the JSON schema of its arguments
 * @param held whether the arguments are held to the schema, and not only to JSON
 * @param strict whether a schema that they cannot be held to is refused
 * @param path where the schema stands in the request
 */
public record Callable(String name, JsonNode parameters, boolean held, boolean strict, String path) {
    /** Says nothing of the schema. */
    @Override
    public String toString() {
        return "Callable[" + path + "]";
    }
}
