// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/**
 * A detector failed, so nothing may be said about the text. Whoever catches it refuses the request. It carries the
 * place of the failure, never its message or cause: those may quote the text.
 */
public final class RedactionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RedactionFailedException(String message) {
        super(message);
    }

    /** The failure of the detector named {@code detector}, with the stack trace of {@code cause} and nothing else of it. */
    static RedactionFailedException of(String detector, Throwable cause) {
        var failure = new RedactionFailedException(
                "detector: " + detector + " failed with " + cause.getClass().getName());
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }
}
