// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import org.jspecify.annotations.Nullable;

/** The gateway cannot start; the message is one line that says why and what to do. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
