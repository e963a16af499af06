// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import tools.jackson.databind.JsonNode;

/**
 * A value of a request, and where it stood.
 *
 * @param field the caller's name for it, for refusals
 */
public record Given(String field, JsonNode value) {
    @Override
    public String toString() {
        return "Given[" + field + "]";
    }
}
