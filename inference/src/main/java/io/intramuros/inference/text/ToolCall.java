// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

/**
 * A call of a tool.
 *
 * @param id names the call, so that an answer can refer to it; may be empty
 * @param name the function
 * @param arguments its arguments, as the text of a JSON object
 */
public record ToolCall(String id, String name, String arguments) {
    /** Says how long the arguments are, and never what they are. */
    @Override
    public String toString() {
        return "ToolCall[" + arguments.length() + " chars]";
    }
}
