// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot do what it should: one line, which says what to do, and an exit code. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exit;

    CommandFailed(int exit, String message) {
        this(exit, message, null);
    }

    CommandFailed(int exit, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
