// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.isAlreadyRouted;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.setAlreadyRouted;

import io.intramuros.gateway.exchange.Exchange;
import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The routing filter of the scheme {@code node}: steps 10 to 12 of the way, as a stream or as a whole. */
final class NodeRoutingFilter implements GlobalFilter, Ordered {
    private final StreamedAnswer streamed;
    private final WholeAnswer whole;

    NodeRoutingFilter(StreamedAnswer streamed, WholeAnswer whole) {
        this.streamed = streamed;
        this.whole = whole;
    }

    /** Just before the filter that would call an {@code http} route. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
        URI url = web.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
        if (isAlreadyRouted(web) || !"node".equals(url.getScheme())) return chain.filter(web);
        setAlreadyRouted(web);
        Exchange exchange = web.getRequiredAttribute(Way.EXCHANGE);
        if (exchange.found().local.find().isPresent()) return whole.writeHere(web, exchange);
        return exchange.found().request.get().stream() ? streamed.write(web, exchange) : whole.write(web, exchange);
    }
}
