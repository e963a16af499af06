// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Step 1 of the way: gives the request its id, and refuses what could be read in two ways or costs before anyone knows
 * who asks. What the HTTP server itself refuses (two lengths, bad framing, long heads) never comes here.
 */
public final class Door implements WebFilter, Ordered {
    private final ServerPorts ports;
    private final InstantSource clock;
    private final long maxBodyBytes;
    private final Errors errors;

    /**
     * Makes the door.
     *
     * @param maxBodyBytes the largest body, at least 1
     */
    public Door(ServerPorts ports, InstantSource clock, long maxBodyBytes, Errors errors) {
        this.ports = ports;
        this.clock = clock;
        this.maxBodyBytes = maxBodyBytes;
        this.errors = errors;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
        RequestId.assign(web, clock);
        if (!ports.isData(web.getRequest())) return chain.filter(web);
        return fault(web.getRequest())
                .map(refusal -> errors.write(web, refusal))
                .orElseGet(() -> chain.filter(web));
    }

    private Optional<Refusal> fault(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (headers.getOrEmpty(HttpHeaders.HOST).size() != 1)
            return bad(ErrorCode.INVALID_REQUEST, "The request must have exactly one Host header.");
        List<String> framing = headers.getOrEmpty(HttpHeaders.TRANSFER_ENCODING);
        if (!framing.isEmpty() && !(framing.size() == 1 && framing.getFirst().equalsIgnoreCase("chunked")))
            return bad(ErrorCode.INVALID_REQUEST, "Transfer-Encoding must be \"chunked\" alone.");
        if (!request.getMethod().equals(HttpMethod.POST)) return Optional.empty();
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING))
            return bad(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body uncompressed, without Content-Encoding.");
        if (!isJson(headers) && !isOllama(request))
            return bad(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json in UTF-8.");
        return headers.getContentLength() > maxBodyBytes ? Optional.of(tooLarge(maxBodyBytes)) : Optional.empty();
    }

    static Refusal tooLarge(long maxBodyBytes) {
        return new Refusal(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is larger than " + maxBodyBytes + " bytes; send less, or ask for a higher limits.bodyBytes.");
    }

    /** Ollama looks at no media type, and half of what is written about it sends a form's. */
    private static boolean isOllama(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/api/");
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            MediaType type = headers.getContentType();
            return type != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    && (type.getCharset() == null || type.getCharset().name().equals("UTF-8"));
        } catch (InvalidMimeTypeException _) {
            return false; // a header that cannot be read names no JSON
        }
    }

    private static Optional<Refusal> bad(ErrorCode code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
