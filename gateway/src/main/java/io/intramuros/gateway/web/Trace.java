// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/** W3C Trace Context: what a caller says of its trace goes on to the node, if it has the form. */
final class Trace {
    private static final String PARENT = "traceparent";
    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /** The headers for the node; none where the caller has no trace. */
    static Map<String, String> headers(ServerWebExchange web) {
        String parent = web.getRequest().getHeaders().getFirst(PARENT);
        return parent != null && FORM.matcher(parent).matches() ? Map.of(PARENT, parent) : Map.of();
    }
}
