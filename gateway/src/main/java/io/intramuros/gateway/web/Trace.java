// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.telemetry.ExchangeSpans;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** W3C Trace Context: what a caller says of its trace goes on to the node, if it has the form; or our span of it. */
final class Trace {
    private static final String PARENT = "traceparent";
    private static final String OURS = Trace.class.getName();
    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /** Begins the exchange's span below the caller's. */
    static void begin(ServerWebExchange web, Exchange exchange, ExchangeSpans spans) {
        @Nullable
        String ours = spans.begin(exchange, web.getRequest().getHeaders().getFirst(PARENT));
        if (ours != null) web.getAttributes().put(OURS, ours);
        String parent = headers(web).get(PARENT);
        if (parent != null) exchange.found().trace.set(parent.substring(3, 35)); // as the form has it
    }

    /** The headers for the node; none where there is no trace. */
    static Map<String, String> headers(ServerWebExchange web) {
        @Nullable String ours = web.getAttribute(OURS);
        String parent = ours == null ? web.getRequest().getHeaders().getFirst(PARENT) : ours;
        return parent != null && FORM.matcher(parent).matches() ? Map.of(PARENT, parent) : Map.of();
    }
}
