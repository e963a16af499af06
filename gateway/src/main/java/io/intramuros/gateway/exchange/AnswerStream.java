// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/**
 * A node's stream on its way to the caller: texts restored and screened, in the caller's form. It keeps back the end,
 * which goes out once the exchange is recorded. One stream, one thread at a time.
 */
public interface AnswerStream {
    /**
     * Takes bytes of the node's stream, and gives those for the caller.
     *
     * @throws BrokenAnswer if the node's stream holds an error, or is none
     */
    byte[] accept(byte[] bytes);

    /** Whether the node has said how the answer ended; a stream that ends without was cut. */
    boolean isFinished();

    /** The use that the node reported, else one output token for each piece. */
    Usage usage();

    /** The end of a stream that went well. */
    byte[] done();

    /** The end of a stream that did not. */
    byte[] failed(Refusal refusal);
}
