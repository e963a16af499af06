// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.node.ClientStalled;
import io.intramuros.gateway.node.NodeFailure;
import io.intramuros.gateway.node.Stop;
import io.intramuros.gateway.steps.Settle;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;

/**
 * Passes a node's stream on, restored. Status and headers go out with the first event, so what fails before is still an
 * error with a status; what fails later is an error event. The last bytes wait until the ending is durable.
 */
final class StreamedAnswer {
    private static final int MAX_REFUSAL_BYTES = 64 * 1024;

    private final NodeCall call;
    private final Settle settle;
    private final AnswerThreads threads;
    private final Revocation revocation;
    private final KeepAlive alive;
    private final InstantSource clock;

    StreamedAnswer(
            NodeCall call,
            Settle settle,
            AnswerThreads threads,
            Revocation revocation,
            KeepAlive alive,
            InstantSource clock) {
        this.call = call;
        this.settle = settle;
        this.threads = threads;
        this.revocation = revocation;
        this.alive = alive;
        this.clock = clock;
    }

    Mono<Void> write(ServerWebExchange web, Exchange exchange) {
        ServerHttpResponse response = web.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders()
                .setContentType(MediaType.parseMediaType(exchange.endpoint().streamType() + ";charset=utf-8"));
        response.getHeaders().setCacheControl("no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        QuotaHeaders.of(exchange, clock).forEach(response.getHeaders()::set);
        Flux<DataBuffer> events = events(web, exchange).map(response.bufferFactory()::wrap);
        return response.writeAndFlushWith(events.map(Mono::just));
    }

    private Flux<byte[]> events(ServerWebExchange web, Exchange exchange) {
        NodeCall.Head head = call.head(exchange);
        ByteArrayOutputStream refusal = new ByteArrayOutputStream();
        Flux<byte[]> written = Stop.when(revocation.of(exchange), written(exchange, head, refusal, Trace.headers(web)));
        return alive.within(written, exchange.endpoint().dialect().aliveSign())
                .concatWith(blocking(() -> end(exchange, head, refusal)))
                .onErrorResume(e -> failed(web, exchange, head, e))
                // The server only stops asking for events; to whoever waits for the write it says that all went well.
                .doOnCancel(() -> settle.endLater(
                        exchange, new Ending.Cancelled(exchange.found().usageSoFar(), "client_gone")));
    }

    /**
     * What the node sends, as it goes to the caller. Where it is searched, that is done in the order of the stream on a
     * thread that may take its time: on the event loop a slow detector would hold up every other connection.
     */
    private Flux<byte[]> written(
            Exchange exchange, NodeCall.Head head, ByteArrayOutputStream refusal, Map<String, String> trace) {
        Flux<byte[]> sent = call.answer(exchange, head, trace)
                .map(StreamedAnswer::bytes)
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
        if (!exchange.found().filters.get().isSearching())
            return sent.handle((bytes, sink) -> piece(exchange, head, refusal, bytes, sink));
        SearchWatch watch = new SearchWatch(threads.limit());
        // Errors wait behind the pieces before them; that a caller takes none of these must not.
        Sinks.Empty<Void> stalled = Sinks.empty();
        Flux<byte[]> watched = sent.doOnError(ClientStalled.class, stalled::tryEmitError);
        return Stop.when(
                Flux.merge(watch.overdue(), stalled.asMono()),
                watched.publishOn(threads.searching(), AnswerThreads.AHEAD).handle((bytes, sink) -> {
                    watch.begin();
                    try {
                        piece(exchange, head, refusal, bytes, sink);
                    } finally {
                        watch.end();
                    }
                }));
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }

    private static void piece(
            Exchange exchange,
            NodeCall.Head head,
            ByteArrayOutputStream refusal,
            byte[] bytes,
            SynchronousSink<byte[]> sink) {
        if (head.isRefusal()) {
            if (refusal.size() < MAX_REFUSAL_BYTES) refusal.writeBytes(bytes);
            return;
        }
        try {
            AnswerStream stream = head.stream();
            byte[] out = stream.accept(bytes);
            exchange.found().usage.set(stream.usage());
            if (out.length > 0) sink.next(out);
        } catch (RuntimeException e) {
            sink.error(e);
        }
    }

    /** What is left to send when the node's stream is over and the ending is durable. */
    private byte[] end(Exchange exchange, NodeCall.Head head, ByteArrayOutputStream refusal) throws Exception {
        if (head.isRefusal()) throw new Refused(NodeRefusals.byNode(head.status(), refusal.toByteArray()));
        AnswerStream stream = head.stream();
        if (!stream.isFinished())
            throw NodeFailure.nonsense(exchange.found().node.get(), "ended its stream before the answer's end");
        settle.end(exchange, new Ending.Completed(exchange.found().usageSoFar()));
        return stream.done();
    }

    private Flux<byte[]> failed(ServerWebExchange web, Exchange exchange, NodeCall.Head head, Throwable error) {
        if (error instanceof ClientStalled) {
            return blocking(() -> {
                        settle.endQuietly(
                                exchange, new Ending.Cancelled(exchange.found().usageSoFar(), "client_stalled"));
                        HangUp.on(web.getRequest());
                        return new byte[0];
                    })
                    .thenMany(Flux.never());
        }
        Refusal refusal = NodeRefusals.of(exchange.id(), error);
        Ending ending = error instanceof KeyRevoked
                ? new Ending.Cancelled(exchange.found().usageSoFar(), "key_revoked")
                : new Ending.Failed(refusal, exchange.found().usageSoFar());
        boolean begun = web.getResponse().isCommitted();
        return blocking(() -> {
                    settle.endQuietly(exchange, ending);
                    if (!begun) throw new Refused(refusal);
                    return head.stream().failed(refusal);
                })
                .flux();
    }

    private Mono<byte[]> blocking(Callable<byte[]> work) {
        return Mono.fromCallable(work).subscribeOn(threads.waiting());
    }
}
