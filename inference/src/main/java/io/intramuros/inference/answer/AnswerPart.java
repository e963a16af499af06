// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import io.intramuros.inference.text.ToolCall;

/** A piece of an answer. Pieces of one kind that follow each other are one text. */
public sealed interface AnswerPart {
    /** What is said to the user. */
    record Content(String text) implements AnswerPart {
        @Override
        public String toString() {
            return "Content[" + text.length() + " chars]";
        }
    }

    /** What was thought before. */
    record Reasoning(String text) implements AnswerPart {
        @Override
        public String toString() {
            return "Reasoning[" + text.length() + " chars]";
        }
    }

    /** A call of a tool, whole. */
    record Call(ToolCall call) implements AnswerPart {}
}
