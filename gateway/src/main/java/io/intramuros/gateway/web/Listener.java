// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import reactor.netty.http.server.HttpServer;

/** How our listeners treat strangers: short heads, and no time for those who dawdle. */
final class Listener implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final int MAX_REQUEST_LINE_BYTES = 4 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int SOCKET_BUFFER_BYTES = 64 * 1024;
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(75);

    private final Duration bodyTime;

    /**
     * For both listeners.
     *
     * @param bodyTime how long a request may take to arrive
     */
    Listener(Duration bodyTime) {
        this.bodyTime = bodyTime;
        LateErrors.takeOver();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(this::tune);
    }

    private HttpServer tune(HttpServer server) {
        return server.httpRequestDecoder(spec -> spec.maxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                        .maxHeaderSize(MAX_HEADER_BYTES)
                        .allowDuplicateContentLengths(false)
                        .h2cMaxContentLength(0))
                .readTimeout(HEAD)
                .requestTimeout(bodyTime.plus(HEAD))
                .idleTimeout(IDLE)
                // What a caller leaves unread waits at the node, not in our kernel.
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .childOption(ChannelOption.TCP_NODELAY, true);
    }
}
