// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The shared store gave no answer; what was asked may still be done. */
final class StoreDown extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    StoreDown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
