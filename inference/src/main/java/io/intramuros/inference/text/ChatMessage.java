// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

/**
 * One turn of a conversation.
 *
 * @param role who says it
 * @param content what is said; may be empty
 */
public record ChatMessage(Role role, String content) {
    /** Who says a message. */
    public enum Role {
        /** The one who sets the rules. */
        SYSTEM,
        /** The one who asks. */
        USER,
        /** The model. */
        ASSISTANT,
        /** A tool that the model had called. */
        TOOL
    }

    /** Says how long the content is, and never what it is. */
    @Override
    public String toString() {
        return "ChatMessage[" + role + ", " + content.length() + " chars]";
    }
}
