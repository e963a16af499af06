// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

/** A change could not be recorded, and so was not made. */
final class NotRecorded extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRecorded(Throwable cause) {
        super("audit log: a change cannot be recorded", cause);
    }
}
