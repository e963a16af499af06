// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.Operation;
import java.util.Locale;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.http.HttpMethod;

/** Which paths lead to a node. Spring Cloud Gateway tells them apart; all of them go the {@link Way}. */
final class Places {
    private Places() {}

    static RouteLocator routes(RouteLocatorBuilder builder, Way way) {
        RouteLocatorBuilder.Builder routes = builder.routes();
        for (Operation operation : Operation.values())
            routes.route(
                    "openai-" + operation.name().toLowerCase(Locale.ROOT),
                    route -> route.method(HttpMethod.POST)
                            .and()
                            .path("/v1/" + operation.path())
                            .filters(f -> f.filter(way.forOperation(operation), 0))
                            .metadata("dialect", "openai")
                            .uri("node://any"));
        return routes.build();
    }
}
