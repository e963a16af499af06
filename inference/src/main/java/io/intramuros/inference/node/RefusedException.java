// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

/** Carries an {@link ApiError} up from the depth of reading a request to the one place that answers it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ApiError error;

    RefusedException(ApiError error) {
        super(error.code());
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
