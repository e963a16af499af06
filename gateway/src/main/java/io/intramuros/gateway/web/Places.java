// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.dialect.Dialects;
import io.intramuros.gateway.exchange.Endpoint;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.http.HttpMethod;

/** Which paths lead to a node. Spring Cloud Gateway tells them apart; all of them go the {@link Way}. */
final class Places {
    private Places() {}

    static RouteLocator routes(RouteLocatorBuilder builder, Way way, Dialects dialects) {
        RouteLocatorBuilder.Builder routes = builder.routes();
        for (Endpoint endpoint : dialects.endpoints())
            routes.route(
                    endpoint.path(),
                    route -> route.method(HttpMethod.POST)
                            .and()
                            .path(endpoint.path())
                            .filters(f -> f.filter(way.to(endpoint), 0))
                            .metadata("dialect", endpoint.dialect().name())
                            .uri("node://any"));
        return routes.build();
    }
}
