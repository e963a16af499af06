// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.ChatEvent;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Reads what one kind of node answers to a chat or a text. */
public interface ChatReader {
    /**
     * Reads a whole answer as the events that it could have come by.
     *
     * @return false where it is none
     */
    boolean whole(ObjectNode answer, Consumer<ChatEvent> to);

    /** A reader of one stream. */
    StreamReader stream();

    /** Reads one stream; one thread at a time. */
    interface StreamReader {
        /**
         * Takes bytes of it.
         *
         * @throws io.intramuros.gateway.exchange.BrokenAnswer if it is no stream, or says that it failed
         */
        void accept(byte[] bytes, Consumer<ChatEvent> to);
    }
}
