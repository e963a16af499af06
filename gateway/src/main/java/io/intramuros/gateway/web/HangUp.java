// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Ends a caller's connection from our side. An error in the response would wait behind what the caller does not read,
 * hold the connection until it does, and be logged as a fault of ours.
 */
final class HangUp {
    private HangUp() {}

    /** Closes the connection that a request came by; what is not sent by now never is. */
    static void on(ServerHttpRequest request) {
        HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
        server.withConnection(connection -> {
            var _ = connection.channel().close();
        });
    }
}
