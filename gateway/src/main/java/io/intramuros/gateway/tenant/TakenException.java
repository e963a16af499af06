// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import org.jspecify.annotations.Nullable;

/** There is one of this name already. */
public final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TakenException(String what, @Nullable Throwable cause) {
        super(what + ": is there already (expected: another id)", cause);
    }
}
