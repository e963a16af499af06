// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.List;

/** What a model answered, whole. */
public sealed interface Answer {
    /**
     * A message, or a text.
     *
     * @param parts what it holds, in its order
     * @param ending why it ended
     */
    record Told(List<Part> parts, ChatEvent.Ended ending, Tokens tokens) implements Answer {
        public Told {
            parts = List.copyOf(parts);
        }

        /** Why it ended. */
        public StopReason reason() {
            return ending.reason();
        }

        /** The same as a message. */
        public Message message() {
            return new Message(Message.Role.ASSISTANT, parts);
        }

        @Override
        public String toString() {
            return "Told[" + parts.size() + " parts]";
        }
    }

    /** Vectors, one for each text. */
    record Vectors(List<float[]> vectors, Tokens tokens) implements Answer {
        public Vectors {
            vectors = List.copyOf(vectors);
        }

        @Override
        public String toString() {
            return "Vectors[" + vectors.size() + "]";
        }
    }

    /** Documents in the order of what they say to the query. */
    record Ranks(List<Rank> ranks, Tokens tokens) implements Answer {
        public Ranks {
            ranks = List.copyOf(ranks);
        }
    }

    /**
     * One of them.
     *
     * @param index where it stood in the request, from 0
     */
    record Rank(int index, double score) {}
}
