// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.tenant.MissingException;
import io.intramuros.gateway.tenant.TakenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Writes every error of the admin plane in one form. */
final class AdminErrors implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(AdminErrors.class);

    /** Before the data plane's, whose dialects mean nothing here. */
    @Override
    public int getOrder() {
        return -3;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange web, Throwable error) {
        return web.getResponse().isCommitted() ? Mono.error(error) : write(web, known(web, error));
    }

    static Mono<Void> write(ServerWebExchange web, AdminError error) {
        ServerHttpResponse response = web.getResponse();
        if (!response.setStatusCode(HttpStatusCode.valueOf(error.status()))) return Mono.empty();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        if (error.status() == 401) response.getHeaders().set("www-authenticate", "Bearer");
        ObjectNode body = StrictJson.object();
        body.putObject("error")
                .put("message", error.message())
                .put("type", error.type())
                .put("code", error.code())
                .put("request_id", requestId(web));
        byte[] bytes = StrictJson.write(body);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    /** The id that the door gave the request. */
    private static String requestId(ServerWebExchange web) {
        String id = web.getResponse().getHeaders().getFirst("x-request-id");
        return id == null ? "" : id;
    }

    private static AdminError known(ServerWebExchange web, Throwable error) {
        return switch (error) {
            case AdminError known -> known;
            case MissingException missing -> AdminError.missing(String.valueOf(missing.getMessage()));
            case TakenException taken -> new AdminError(409, "already_exists", String.valueOf(taken.getMessage()));
            case NotRecorded _ ->
                new AdminError(
                        503,
                        "audit_unavailable",
                        "The audit log cannot be written, so nothing was changed; try again.");
            case DataAccessException away -> databaseAway(web, away);
            case TransactionException away -> databaseAway(web, away);
            case DataBufferLimitException _ ->
                new AdminError(413, "request_too_large", "The body is too large; send at most 256 KiB.");
            case ResponseStatusException status ->
                ofStatus(status.getStatusCode().value());
            case ErrorResponseException status ->
                ofStatus(status.getStatusCode().value());
            default -> unexpected(web, error);
        };
    }

    private static AdminError databaseAway(ServerWebExchange web, Exception error) {
        LOG.error(
                "request {}: the database failed: {}",
                requestId(web),
                error.getClass().getSimpleName());
        LOG.debug("request {}", requestId(web), error);
        return new AdminError(503, "database_unavailable", "The tenants' database cannot be asked; try again.");
    }

    private static AdminError unexpected(ServerWebExchange web, Throwable error) {
        // The message of a stranger's exception may hold what was sent: its class is all that is logged at this level.
        LOG.error("request {} failed: {}", requestId(web), error.getClass().getName());
        LOG.debug("request {} failed", requestId(web), error);
        return new AdminError(500, "internal", "Something failed; the request id helps to find it in the log.");
    }

    private static AdminError ofStatus(int status) {
        return switch (status) {
            case 404 -> AdminError.nothingHere();
            case 405 -> new AdminError(405, "method_not_allowed", "This path does not take this method.");
            case 406 ->
                new AdminError(406, "not_acceptable", "The answer cannot be given in the media type asked for.");
            case 413 -> new AdminError(413, "request_too_large", "The body is too large; send at most 256 KiB.");
            case 415 -> new AdminError(415, "unsupported_media_type", "Send the body as application/json.");
            default ->
                new AdminError(status, status < 500 ? "invalid_request" : "internal", "The request cannot be served.");
        };
    }
}
