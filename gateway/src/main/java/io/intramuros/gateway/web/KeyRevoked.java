// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

/** The caller's key was revoked while its answer was on its way. */
final class KeyRevoked extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeyRevoked() {
        super("the key was revoked", null, false, false);
    }
}
