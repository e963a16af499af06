// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role who says it
 * @param content what is said; may be empty
 * @param calls the tools that an assistant called
 * @param answers the id of the call that a tool answers
 * @param reasoning what the assistant thought before it said it
 */
public record ChatMessage(
        Role role, String content, List<ToolCall> calls, Optional<String> answers, Optional<String> reasoning) {
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

    /** Copies the list. */
    public ChatMessage {
        calls = List.copyOf(calls);
    }

    /** A message that only says something. */
    public ChatMessage(Role role, String content) {
        this(role, content, List.of(), Optional.empty(), Optional.empty());
    }

    /** Says how long the content is, and never what it is. */
    @Override
    public String toString() {
        return "ChatMessage[" + role + ", " + content.length() + " chars]";
    }
}
