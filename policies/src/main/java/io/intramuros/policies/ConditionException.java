// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import java.io.Serial;

/** A condition that is none: its message says what and where. */
final class ConditionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ConditionException(String message) {
        super(message);
    }

    ConditionException(String message, Throwable cause) {
        super(message, cause);
    }
}
