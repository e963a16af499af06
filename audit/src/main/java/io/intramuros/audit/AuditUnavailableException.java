// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import org.jspecify.annotations.Nullable;

/** A record was not made durable. Whoever waits for it must not go on. */
public final class AuditUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    AuditUnavailableException(String why, @Nullable Throwable cause) {
        super("audit log: " + why, cause);
    }
}
