// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import java.io.IOException;

/** The folder or file is not one that we read; the message says what is wrong. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what was expected. */
    public SafetensorsException(String message) {
        super(message);
    }
}
