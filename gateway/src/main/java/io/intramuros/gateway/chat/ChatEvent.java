// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.Optional;

/** What happens while an answer is made, in its order. */
public sealed interface ChatEvent {
    /** The next piece of what it says. */
    record Said(String piece) implements ChatEvent {
        @Override
        public String toString() {
            return "Said";
        }
    }

    /** The next piece of what it thinks. */
    record Thought(String piece) implements ChatEvent {
        @Override
        public String toString() {
            return "Thought";
        }
    }

    /**
     * A call of a tool begins.
     *
     * @param index the calls' own counting, from 0
     */
    record CallBegun(int index, String id, String name) implements ChatEvent {
        @Override
        public String toString() {
            return "CallBegun[" + index + "]";
        }
    }

    /** The next piece of the arguments of the call that began last. */
    record CallArguments(int index, String piece) implements ChatEvent {
        @Override
        public String toString() {
            return "CallArguments[" + index + "]";
        }
    }

    /**
     * It is over.
     *
     * @param sequence the stop sequence that the model wrote; empty where it was none, or the node does not say
     */
    record Ended(StopReason reason, Optional<String> sequence) implements ChatEvent {
        @Override
        public String toString() {
            return "Ended[" + reason + "]";
        }
    }

    /** The tokens that the node counted. */
    record Counted(Tokens tokens) implements ChatEvent {}
}
