// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.dialect.Dialects;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.telemetry.RequestLog;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Writes every error of the data plane in the caller's dialect, those that nobody expected too. */
public final class Errors implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final ServerPorts ports;
    private final Dialects dialects;
    private final InstantSource clock;

    public Errors(ServerPorts ports, Dialects dialects, InstantSource clock) {
        this.ports = ports;
        this.dialects = dialects;
        this.clock = clock;
    }

    /** Before Boot's own handler, which answers in a form that no client knows. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange web, Throwable error) {
        if (!ports.isData(web.getRequest()) || web.getResponse().isCommitted()) return Mono.error(error);
        return write(web, refusal(web, error));
    }

    /** Answers with a refusal. */
    public Mono<Void> write(ServerWebExchange web, Refusal refusal) {
        ServerHttpResponse response = web.getResponse();
        if (!response.setStatusCode(HttpStatusCode.valueOf(refusal.code().status()))) return Mono.empty();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        Dialect dialect = dialect(web.getRequest());
        dialect.headers(refusal.headers(), RequestId.of(web), clock.instant())
                .forEach((name, value) -> response.getHeaders().set(name, value));
        if (refusal.code() == ErrorCode.INVALID_API_KEY) response.getHeaders().set("www-authenticate", "Bearer");
        byte[] body = dialect.error(refusal, RequestId.of(web));
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** The dialect of whoever asks. */
    Dialect dialect(ServerHttpRequest request) {
        return dialects.of(request.getPath().pathWithinApplication().value(), request.getHeaders()::containsHeader);
    }

    private static Refusal refusal(ServerWebExchange web, Throwable error) {
        if (error instanceof ResponseStatusException known)
            return known(web, known.getStatusCode().value());
        // The message of a stranger's exception may hold a caller's text: its class is all that we say.
        try (MDC.MDCCloseable _ = RequestLog.of(RequestId.of(web))) {
            LOG.error(
                    "request {} failed: {}", RequestId.of(web), error.getClass().getName());
            LOG.debug("request {} failed", RequestId.of(web), error);
        }
        return new Refusal(
                ErrorCode.INTERNAL,
                "Something failed in the gateway; the request id helps its operators find out what.");
    }

    private static Refusal known(ServerWebExchange web, int status) {
        return switch (status) {
            case 404 ->
                new Refusal(
                        ErrorCode.NOT_FOUND,
                        "There is nothing at this path for "
                                + web.getRequest().getMethod().name().toUpperCase(Locale.ROOT)
                                + "; the API stands under /v1/.");
            case 405 -> new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "This path does not take this method.");
            case 413 -> new Refusal(ErrorCode.REQUEST_TOO_LARGE, "The body is too large.");
            case 415 -> new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.");
            default ->
                new Refusal(
                        status >= 500 ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST,
                        "The request cannot be served.");
        };
    }
}
