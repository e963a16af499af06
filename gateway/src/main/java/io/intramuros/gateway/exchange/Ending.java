// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** How an exchange ended. */
public sealed interface Ending {
    /** The name of the audit record's type. */
    String recordType();

    /** The HTTP status that the caller saw or would have seen. */
    int http();

    /** The tokens that were used. */
    Usage usage();

    /** The word of the audit record's {@code outcome}. */
    String outcome();

    /**
     * The whole answer was had from the node.
     *
     * @param usage as the node reported it
     */
    record Completed(Usage usage) implements Ending {
        @Override
        public String recordType() {
            return "request.completed";
        }

        @Override
        public int http() {
            return 200;
        }

        @Override
        public String outcome() {
            return "ok";
        }
    }

    /** A step refused it, before any node had it. */
    record Denied(Refusal refusal) implements Ending {
        @Override
        public Usage usage() {
            return Usage.NONE;
        }

        @Override
        public String recordType() {
            return "request.denied";
        }

        @Override
        public int http() {
            return refusal.code().status();
        }

        @Override
        public String outcome() {
            return refusal.code().code();
        }
    }

    /**
     * It was forwarded and something went wrong.
     *
     * @param usage what was produced until then
     */
    record Failed(Refusal refusal, Usage usage) implements Ending {
        @Override
        public String recordType() {
            return "request.failed";
        }

        @Override
        public int http() {
            return refusal.code().status();
        }

        @Override
        public String outcome() {
            return refusal.code().code();
        }
    }

    /**
     * The caller hung up, stopped reading, or lost its key.
     *
     * @param usage what was produced until then
     * @param why {@code client_gone}, {@code client_stalled} or {@code key_revoked}
     */
    record Cancelled(Usage usage, String why) implements Ending {
        @Override
        public String recordType() {
            return "request.cancelled";
        }

        @Override
        public int http() {
            return 499;
        }

        @Override
        public String outcome() {
            return why;
        }
    }
}
