// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.telemetry;

import org.slf4j.MDC;

/** Gives the log lines of one request its id, as a field where lines have fields. */
public final class RequestLog {
    private static final String FIELD = "request.id";

    private RequestLog() {}

    /** For what this thread logs until it is closed. */
    public static MDC.MDCCloseable of(String requestId) {
        return MDC.putCloseable(FIELD, requestId);
    }
}
