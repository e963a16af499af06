// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;

/** A file came, but not the one that was asked for: worth another try. */
final class CorruptFileException extends IOException {
    private static final long serialVersionUID = 1;

    CorruptFileException(String message) {
        super(message);
    }
}
