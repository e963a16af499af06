// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.intramuros.gateway.net.DeclaredResolverGroup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls nodes over HTTP, with Resilience4j around each: a bulkhead for the calls in flight and a circuit breaker. The
 * stream that it gives is the connection's life: cancelling it closes the connection, and the node stops working.
 */
public final class NodeClient implements AutoCloseable {
    private static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
    private static final int SOCKET_BUFFER_BYTES = 64 * 1024;
    private final HttpClient http;
    private final ConnectionProvider connections;
    private final Silence silence;
    private final CircuitBreakerConfig judging;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Bulkhead> bulkheads = new ConcurrentHashMap<>();

    public NodeClient(NodeLimits limits) {
        this.silence = new Silence(limits);
        this.judging = CircuitBreakerConfig.custom()
                .slidingWindowSize(2 * limits.judgedCalls())
                .minimumNumberOfCalls(limits.judgedCalls())
                .failureRateThreshold(50)
                .waitDurationInOpenState(limits.rest())
                .permittedNumberOfCallsInHalfOpenState(limits.judgedCalls())
                .ignoreException(e -> e instanceof ClientStalled
                        || (e instanceof NodeFailure failure && failure.kind() == NodeFailure.Kind.BUSY))
                .build();
        this.connections = ConnectionProvider.builder("nodes")
                .maxConnections(10_000) // the bulkheads are the limit
                .maxIdleTime(Duration.ofSeconds(30))
                .evictInBackground(Duration.ofSeconds(15))
                .build();
        this.http = HttpClient.create(connections)
                .resolver(DeclaredResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connect().toMillis())
                // What a slow caller leaves unread waits at the node, not in our kernel.
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .disableRetry(true)
                .followRedirect(false);
    }

    /** What is told of a call as it goes. */
    public interface Watcher {
        /** The node's first bytes are here. A status from 500 on never comes this way. */
        void begun(Target target, int status, HttpHeaders headers);
    }

    /**
     * Posts {@code body} and gives the answer's bytes, one owner each.
     *
     * @param headers of the request, beside those that the client sets itself
     */
    public Flux<ByteBuf> post(Target target, String path, byte[] body, Map<String, String> headers, Watcher watcher) {
        Flux<ByteBuf> answer = http.headers(h -> set(h, target, headers))
                .post()
                .uri(target.url().resolve(path).toString())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseConnection((response, connection) -> receive(target, response, connection, watcher));
        Flux<ByteBuf> call = silence.watch(target.node(), answer)
                .onErrorMap(e -> failure(target, e))
                .transformDeferred(BulkheadOperator.of(bulkhead(target)));
        return Judgement.of(breaker(target.node()), call).onErrorMap(e -> permission(target, e));
    }

    /**
     * Gets a small document, outside of what is counted and judged.
     *
     * @param token the bearer token; null for none
     * @return the body of a 200; no bytes for any other status
     */
    Mono<byte[]> get(URI url, @Nullable Supplier<String> token) {
        return http.headers(h -> {
                    if (token != null) h.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token.get());
                })
                .get()
                .uri(url.toString())
                .response((response, body) ->
                        response.status().code() == 200 ? body.asByteArray() : body.then(Mono.<byte[]>empty()))
                .collect(ByteArrayOutputStream::new, NodeClient::add)
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static void add(ByteArrayOutputStream all, byte[] piece) {
        if (all.size() + piece.length > MAX_DOCUMENT_BYTES)
            throw new IllegalStateException("document: larger than " + MAX_DOCUMENT_BYTES + " bytes");
        all.writeBytes(piece);
    }

    /** Whether calls to a node are let through now. */
    public boolean isAvailable(String node) {
        return breaker(node).getState() != CircuitBreaker.State.OPEN;
    }

    /** Calls in flight to a target's node. */
    public int inFlight(Target target) {
        return target.maxConcurrent() - bulkhead(target).getMetrics().getAvailableConcurrentCalls();
    }

    @Override
    public void close() {
        silence.close();
        connections.dispose();
    }

    private static Publisher<ByteBuf> receive(
            Target target, HttpClientResponse response, Connection connection, Watcher watcher) {
        int status = response.status().code();
        if (status >= 500 || status == 429) return Mono.error(NodeFailure.status(target.node(), status));
        return connection.inbound().receive().retain().switchOnFirst((first, rest) -> {
            if (!first.isOnError()) watcher.begun(target, status, response.responseHeaders());
            return rest;
        });
    }

    private static void set(HttpHeaders h, Target target, Map<String, String> headers) {
        headers.forEach(h::set);
        h.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        if (target.token() != null)
            h.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + target.token().get());
    }

    private static Throwable failure(Target target, Throwable e) {
        if (e instanceof NodeFailure || e instanceof ClientStalled || e instanceof Error) return e;
        return new NodeFailure(NodeFailure.Kind.BROKEN, target.node(), "the connection failed", e);
    }

    private static Throwable permission(Target target, Throwable e) {
        return switch (e) {
            case BulkheadFullException full ->
                new NodeFailure(
                        NodeFailure.Kind.BUSY,
                        target.node(),
                        "has " + target.maxConcurrent() + " calls of ours already",
                        full);
            case CallNotPermittedException open ->
                new NodeFailure(NodeFailure.Kind.AWAY, target.node(), "failed too often of late", open);
            default -> e;
        };
    }

    private CircuitBreaker breaker(String node) {
        return breakers.computeIfAbsent(node, n -> CircuitBreaker.of(n, judging));
    }

    private Bulkhead bulkhead(Target target) {
        return bulkheads.computeIfAbsent(
                target.node() + "/" + target.maxConcurrent(),
                n -> Bulkhead.of(
                        n,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(target.maxConcurrent())
                                .maxWaitDuration(Duration.ZERO)
                                .build()));
    }
}
