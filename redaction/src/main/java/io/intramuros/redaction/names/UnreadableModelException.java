// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** A model that travels with this package is missing or damaged. */
final class UnreadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
