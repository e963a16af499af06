// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a model may call.
 *
 * @param description empty where there is none
 * @param schema the JSON Schema of its arguments
 * @param strict whether the arguments must keep to it; empty where nothing was said
 */
public record Tool(String name, String description, JsonNode schema, Optional<Boolean> strict) {
    @Override
    public String toString() {
        return "Tool";
    }
}
