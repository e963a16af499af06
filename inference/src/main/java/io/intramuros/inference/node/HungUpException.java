// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.io.IOException;

/** The client is gone, or has not read for too long: nobody is there to answer. */
final class HungUpException extends IOException {
    private static final long serialVersionUID = 1;

    HungUpException(String message) {
        super(message);
    }
}
