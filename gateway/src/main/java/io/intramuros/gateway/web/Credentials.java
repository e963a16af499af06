// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.tenant.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds the one credential of a request: an API key in {@code Authorization: Bearer}, {@code x-api-key} or
 * {@code api-key}, or an access token as a bearer. Two are refused, one in the URL too, and what has not even the form of
 * a key or a token goes no further.
 */
final class Credentials {
    private static final String BEARER = "bearer ";
    private static final int MAX_TOKEN_CHARS = 8_192;
    private static final List<String> URL_NAMES = List.of("key", "api_key", "api-key", "apikey", "access_token");

    private Credentials() {}

    /** The credential, unchecked; empty where there is none; an error where it cannot be one. */
    static Mono<Authentication> of(ServerWebExchange web) {
        ServerHttpRequest request = web.getRequest();
        if (URL_NAMES.stream().anyMatch(request.getQueryParams()::containsKey))
            return refuse("A key in the URL ends up in logs, so it is not taken; send it as Authorization: Bearer.");
        List<String> found = new ArrayList<>();
        HttpHeaders headers = request.getHeaders();
        for (String value : headers.getOrEmpty(HttpHeaders.AUTHORIZATION)) {
            if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                return refuse("Authorization must be \"Bearer\" and a key or an access token.");
            found.add(value.substring(BEARER.length()).strip());
        }
        found.addAll(headers.getOrEmpty("x-api-key"));
        found.addAll(headers.getOrEmpty("api-key"));
        if (found.isEmpty()) return Mono.empty();
        if (found.size() > 1) return refuse("The request has two credentials; send one.");
        return read(found.getFirst());
    }

    private static Mono<Authentication> read(String secret) {
        if (secret.startsWith(ApiKey.PREFIX)) {
            Optional<ApiKey> key = ApiKey.parse(secret);
            return key.<Mono<Authentication>>map(k -> Mono.just(new KeyAuthentication(k)))
                    .orElseGet(() -> refuse("The API key is incomplete or mistyped; check that it was copied whole."));
        }
        boolean token = secret.length() <= MAX_TOKEN_CHARS
                && secret.chars().filter(c -> c == '.').count() == 2;
        return token
                ? Mono.just(new BearerTokenAuthenticationToken(secret))
                : refuse("The credential is no API key of Intramuros and no access token.");
    }

    private static <T> Mono<T> refuse(String message) {
        return Mono.error(new Unauthenticated(message));
    }
}
