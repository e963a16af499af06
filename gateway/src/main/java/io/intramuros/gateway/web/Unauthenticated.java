// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import org.springframework.security.core.AuthenticationException;

/** A credential did not prove who calls; the refusal says why as far as a stranger may know. */
final class Unauthenticated extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Unauthenticated(String message) {
        this(new Refusal(ErrorCode.INVALID_API_KEY, message));
    }

    Unauthenticated(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
