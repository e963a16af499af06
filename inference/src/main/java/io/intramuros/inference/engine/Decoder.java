// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

/**
 * A decoder model on one device: turns tokens into logits. One thread at a time may call a sequence; different sequences
 * may be called from different threads, and run together then.
 */
public interface Decoder extends AutoCloseable {
    /** Logits per row; tokens are {@code 0} to {@code vocabulary() - 1}. */
    int vocabulary();

    /** Most tokens that a sequence may hold. */
    int context();

    /**
     * A new empty sequence.
     *
     * @throws IllegalStateException when none is free, or the decoder is closed
     */
    Sequence open(Plan plan);

    /** A sequence of nobody in particular, as long as the context. */
    default Sequence open() {
        return open(new Plan("", context()));
    }

    /** Whether there is room for so many sequences at once, the longest of so many tokens; one always fits. */
    default boolean fits(int sequences, int longest) {
        return true;
    }

    /**
     * What is known of a sequence before it begins.
     *
     * @param tenant whose it is: only sequences of the same tenant share what the model remembers of a beginning that
     *     they have in common, and tenants share the device by tokens
     * @param tokens most that it will hold; at least 1
     */
    record Plan(String tenant, int tokens) {
        public Plan {
            if (tokens < 1) {
                throw new IllegalArgumentException("tokens: " + tokens + " (expected: at least 1)");
            }
        }
    }

    /** Frees the model once every sequence is closed; no sequence can be opened from now on. */
    @Override
    void close();

    /** The tokens of one conversation and what the model remembers of them. */
    interface Sequence extends AutoCloseable {
        /**
         * Runs tokens after what the sequence holds, long input in chunks.
         *
         * @param tokens at least one, each in {@code [0, vocabulary())}
         * @return logits of the last token, length {@code vocabulary()}, not normalised; valid until the next call
         * @throws ContextFullException before anything ran, when the tokens do not fit into the context
         * @throws CancelledException when {@link #cancel} ended the run; the sequence can only be closed then
         */
        float[] append(int[] tokens);

        /** Tokens that the sequence holds. */
        int length();

        /** Ends a running {@code append}, and every later one, soon; from any thread, any number of times. */
        void cancel();

        /** Frees the memory of the sequence, after a running {@code append} has ended; a second call does nothing. */
        @Override
        void close();
    }
}
