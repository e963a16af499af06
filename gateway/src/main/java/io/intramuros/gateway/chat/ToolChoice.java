// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/**
 * Whether the model may or must call a tool.
 *
 * @param field the caller's name for it
 * @param tool which one, where {@code how} is {@code ONE}; else empty
 */
public record ToolChoice(String field, How how, String tool) {
    /** How free it is. */
    public enum How {
        AUTO,
        NONE,
        ANY,
        ONE
    }
}
