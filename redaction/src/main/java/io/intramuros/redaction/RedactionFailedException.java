// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/**
 * A detector failed, so nothing may be said about the text. Whoever catches it refuses the request. It carries the
 * place of the failure, never its message or cause: those may quote the text.
 */
public final class RedactionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int slot;

    private RedactionFailedException(String message, int slot) {
        super(message);
        this.slot = slot;
    }

    /** The index of the slot in which it failed, of those that were redacted as one; -1 where there is only one text. */
    public int slot() {
        return slot;
    }

    /** The same failure, in the slot at an index. */
    public RedactionFailedException inSlot(int index) {
        var failure = new RedactionFailedException(String.valueOf(getMessage()), index);
        failure.setStackTrace(getStackTrace());
        return failure;
    }

    /** The failure of a search that was interrupted: its time was over. */
    static RedactionFailedException outOfTime(String detector) {
        return new RedactionFailedException("detector: " + detector + " was not asked, as the time was over", -1);
    }

    /** The failure of the detector named {@code detector}, with the stack trace of {@code cause} and nothing else of it. */
    static RedactionFailedException of(String detector, Throwable cause) {
        var failure = new RedactionFailedException(
                "detector: " + detector + " failed with " + cause.getClass().getName(), -1);
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }
}
