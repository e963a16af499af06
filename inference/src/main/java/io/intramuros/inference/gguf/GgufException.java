// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.io.IOException;

/** The file is not a GGUF file that we read; the message says what is wrong. */
public final class GgufException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what was expected. */
    public GgufException(String message) {
        super(message);
    }
}
