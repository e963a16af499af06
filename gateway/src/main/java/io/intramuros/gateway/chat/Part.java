// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/** A piece of a message. Images, sounds and files are none: nothing here can look into them. */
public sealed interface Part {
    /** Something said. */
    record Text(String text) implements Part {
        @Override
        public String toString() {
            return "Text";
        }
    }

    /** Something thought aloud before the answer. */
    record Thinking(String text) implements Part {
        @Override
        public String toString() {
            return "Thinking";
        }
    }

    /**
     * A call of a tool.
     *
     * @param id what the result refers to
     * @param arguments a JSON object as text
     */
    record Call(String id, String name, String arguments) implements Part {
        @Override
        public String toString() {
            return "Call";
        }
    }

    /**
     * What a tool gave back.
     *
     * @param call the id of the call
     * @param name the tool; empty where the caller did not say
     */
    record Result(String call, String name, String text) implements Part {
        @Override
        public String toString() {
            return "Result";
        }
    }
}
