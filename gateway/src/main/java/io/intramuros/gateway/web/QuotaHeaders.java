// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.steps.Reserve;
import java.time.InstantSource;
import java.util.Map;

/** The headers that say what is left of the quotas, under the names of the caller's dialect. */
final class QuotaHeaders {
    private QuotaHeaders() {}

    static Map<String, String> of(Exchange exchange, InstantSource clock) {
        return exchange.endpoint().dialect().headers(Reserve.headers(exchange), exchange.id(), clock.instant());
    }
}
