// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.HEAD;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.node.Catalog;
import io.intramuros.gateway.ollama.OllamaModels;
import io.intramuros.policies.Model;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What of Ollama's API needs no node: what models there are, and that they are kept centrally. */
final class OllamaList {
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final MediaType LINES = MediaType.parseMediaType("application/x-ndjson");
    private static final Refusal CENTRAL = new Refusal(
            ErrorCode.MANAGED_CENTRALLY,
            "Models are managed centrally here, in the gateway's resources; ask whoever keeps them.");

    private final Supplier<Catalog> catalog;
    private final Errors errors;

    OllamaList(Supplier<Catalog> catalog, Errors errors) {
        this.catalog = catalog;
        this.errors = errors;
    }

    RouterFunction<ServerResponse> routes() {
        return route(GET("/api/version").or(HEAD("/api/version")), _ -> ModelList.json(OllamaModels.version()))
                .andRoute(GET("/api/tags").or(HEAD("/api/tags")), request -> list(request, OllamaModels::tags))
                .andRoute(GET("/api/ps"), request -> list(request, OllamaModels::running))
                .andRoute(
                        POST("/api/show"),
                        request -> named(request, (_, model) -> ModelList.json(OllamaModels.show(model))))
                .andRoute(POST("/api/pull"), request -> named(request, OllamaList::pulled))
                .andRoute(
                        path("/api/create")
                                .or(path("/api/copy"))
                                .or(path("/api/delete"))
                                .or(path("/api/push"))
                                .or(path("/api/blobs/{digest}")),
                        request -> refuse(request, CENTRAL));
    }

    private Mono<ServerResponse> list(ServerRequest request, Function<List<Model>, byte[]> written) {
        return request.principal()
                .ofType(CallerAuthentication.class)
                .flatMap(principal -> ModelList.json(written.apply(catalog.get().models().stream()
                        .filter(model -> ModelList.isAllowed(principal, model))
                        .toList())));
    }

    /** What is done with the model that a body names. */
    private interface WithModel {
        Mono<ServerResponse> answer(ObjectNode body, Model model);
    }

    private Mono<ServerResponse> named(ServerRequest request, WithModel with) {
        return request.principal()
                .ofType(CallerAuthentication.class)
                .zipWith(BoundedBody.read(request, MAX_BODY_BYTES))
                .flatMap(both -> switch (StrictJson.read(both.getT2())) {
                    case StrictJson.Parsed.Wrong(String why) ->
                        refuse(request, new Refusal(ErrorCode.INVALID_JSON, why));
                    case StrictJson.Parsed.Tree(ObjectNode body) -> withModel(request, both.getT1(), body, with);
                })
                .onErrorResume(Refused.class, refused -> refuse(request, refused.refusal()));
    }

    private Mono<ServerResponse> withModel(
            ServerRequest request, CallerAuthentication principal, ObjectNode body, WithModel with) {
        // Some clients say "name", as the API once did.
        String name = body.path("model").asString(body.path("name").asString(""));
        String plain = name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
        return catalog.get()
                .find(plain)
                .filter(model -> ModelList.isAllowed(principal, model))
                .map(model -> with.answer(body, model))
                .orElseGet(() -> refuse(
                        request,
                        new Refusal(
                                ErrorCode.MODEL_NOT_FOUND,
                                "There is no such model for this key; GET /api/tags lists those there are.")));
    }

    private static Mono<ServerResponse> pulled(ObjectNode body, Model model) {
        boolean stream = body.path("stream").asBoolean(true);
        return ServerResponse.ok()
                .contentType(stream ? LINES : MediaType.APPLICATION_JSON)
                .bodyValue(OllamaModels.pulled(model, stream));
    }

    private Mono<ServerResponse> refuse(ServerRequest request, Refusal refusal) {
        return errors.write(request.exchange(), refusal).then(Mono.empty());
    }
}
