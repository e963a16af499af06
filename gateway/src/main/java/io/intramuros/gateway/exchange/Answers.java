// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.Optional;

/** Turns what a node answers into what the caller gets. */
public interface Answers {
    /** A whole answer; empty where the node's is none. */
    Optional<Written> whole(Exchange exchange, byte[] node);

    /** A new stream. */
    AnswerStream stream(Exchange exchange);

    /** A whole answer as the caller gets it. */
    final class Written {
        private final byte[] body;
        private final Optional<Usage> usage;

        /**
         * Of these bytes.
         *
         * @param usage as the node reported it; empty where it reported none
         */
        public Written(byte[] body, Optional<Usage> usage) {
            this.body = body;
            this.usage = usage;
        }

        /** The bytes. */
        public byte[] body() {
            return body;
        }

        /** The use that the node reported; empty where it reported none. */
        public Optional<Usage> usage() {
            return usage;
        }
    }
}
