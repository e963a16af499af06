// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.HEAD;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.intramuros.gateway.anthropic.AnthropicModels;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.node.Catalog;
import io.intramuros.gateway.openai.OpenAiModels;
import io.intramuros.gateway.steps.ModelGlobs;
import io.intramuros.policies.Model;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What of the data plane needs no node: the list of models, health, and a greeting. */
final class ModelList {
    private final Supplier<Catalog> catalog;
    private final Readiness readiness;
    private final Errors errors;

    ModelList(Supplier<Catalog> catalog, Readiness readiness, Errors errors) {
        this.catalog = catalog;
        this.readiness = readiness;
        this.errors = errors;
    }

    RouterFunction<ServerResponse> routes() {
        return route(GET("/v1/models"), this::list)
                .andRoute(GET("/v1/models/{id}"), this::one)
                .andRoute(
                        GET("/").or(HEAD("/")),
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_PLAIN)
                                .bodyValue("Intramuros is running"))
                .andRoute(GET("/health/live"), _ -> health(true))
                .andRoute(GET("/health/ready"), _ -> health(readiness.isReady()));
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return request.principal().ofType(CallerAuthentication.class).flatMap(principal -> {
            List<Model> models = catalog.get().models().stream()
                    .filter(model -> isAllowed(principal, model))
                    .toList();
            return json(isAnthropic(request) ? AnthropicModels.list(models) : OpenAiModels.list(models));
        });
    }

    private Mono<ServerResponse> one(ServerRequest request) {
        return request.principal()
                .ofType(CallerAuthentication.class)
                .flatMap(principal -> catalog.get()
                        .find(request.pathVariable("id"))
                        .filter(model -> isAllowed(principal, model))
                        .map(model -> json(
                                isAnthropic(request)
                                        ? AnthropicModels.one(model.name())
                                        : OpenAiModels.one(model.name())))
                        .orElseGet(() -> errors.write(
                                        request.exchange(),
                                        new Refusal(ErrorCode.MODEL_NOT_FOUND, "There is no such model for this key."))
                                .then(Mono.empty())));
    }

    /** Both APIs have this path; clients of the one say which version of it they speak. */
    private static boolean isAnthropic(ServerRequest request) {
        return !request.headers().header("anthropic-version").isEmpty();
    }

    static boolean isAllowed(CallerAuthentication principal, Model model) {
        return ModelGlobs.allow(principal.caller().models(), model.name());
    }

    static Mono<ServerResponse> json(byte[] body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private static Mono<ServerResponse> health(boolean up) {
        byte[] body = (up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}").getBytes(StandardCharsets.UTF_8);
        return ServerResponse.status(up ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body);
    }
}
