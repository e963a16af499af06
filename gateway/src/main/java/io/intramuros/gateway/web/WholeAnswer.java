// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.node.NodeFailure;
import io.intramuros.gateway.node.Stop;
import io.intramuros.gateway.steps.Settle;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Passes on an answer that is no stream, once its ending is durable. */
final class WholeAnswer {
    private final NodeCall call;
    private final Settle settle;
    private final AnswerThreads threads;
    private final Revocation revocation;
    private final long maxBytes;
    private final InstantSource clock;

    /**
     * For all exchanges.
     *
     * @param maxBytes the largest answer
     */
    WholeAnswer(
            NodeCall call,
            Settle settle,
            AnswerThreads threads,
            Revocation revocation,
            InstantSource clock,
            long maxBytes) {
        this.call = call;
        this.settle = settle;
        this.threads = threads;
        this.revocation = revocation;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    Mono<Void> write(ServerWebExchange web, Exchange exchange) {
        NodeCall.Head head = call.head(exchange);
        // Who hangs up on a whole answer pays for the prompt: what the node had made of it nobody knows.
        exchange.found().usage.set(new Usage(exchange.found().estimate.get().in(), 0));
        return Stop.when(revocation.of(exchange), call.answer(exchange, head, Trace.headers(web)))
                .doOnDiscard(ByteBuf.class, ByteBuf::release)
                .reduceWith(ByteArrayOutputStream::new, (bytes, buffer) -> add(exchange, bytes, buffer))
                .flatMap(bytes -> Mono.fromCallable(() -> written(exchange, head, bytes.toByteArray()))
                        .subscribeOn(threads.searching())
                        .timeout(threads.limit(), Mono.error(SearchOverdue::new)))
                .publishOn(threads.waiting())
                .map(answer -> finish(exchange, answer))
                .onErrorResume(e -> failed(exchange, e))
                .flatMap(body -> send(web.getResponse(), exchange, body));
    }

    /** Writes an answer that no node gave. */
    Mono<Void> writeHere(ServerWebExchange web, Exchange exchange) {
        return Mono.fromCallable(() -> {
                    settle.end(exchange, new Ending.Completed(Usage.NONE));
                    return exchange.found().local.get();
                })
                .subscribeOn(threads.waiting())
                .onErrorResume(e -> failed(exchange, e))
                .flatMap(body -> send(web.getResponse(), exchange, body));
    }

    private ByteArrayOutputStream add(Exchange exchange, ByteArrayOutputStream bytes, ByteBuf buffer) {
        try {
            if (bytes.size() + buffer.readableBytes() > maxBytes)
                throw new BadAnswer(NodeFailure.tooLarge(exchange.found().node.get(), maxBytes));
            byte[] piece = new byte[buffer.readableBytes()];
            buffer.readBytes(piece);
            bytes.writeBytes(piece);
            return bytes;
        } finally {
            buffer.release();
        }
    }

    private static Answers.Written written(Exchange exchange, NodeCall.Head head, byte[] node) {
        if (head.isRefusal()) throw new Refused(NodeRefusals.byNode(head.status(), node));
        Answers.Written answer = head.answers()
                .whole(exchange, node)
                .orElseThrow(() -> new BadAnswer(
                        NodeFailure.nonsense(exchange.found().node.get(), "answered no JSON of this API")));
        Usage estimate = exchange.found().estimate.get();
        exchange.found().usage.set(answer.usage().orElseGet(() -> new Usage(estimate.in(), (node.length + 2L) / 3)));
        return answer;
    }

    private byte[] finish(Exchange exchange, Answers.Written answer) {
        try {
            settle.end(exchange, new Ending.Completed(exchange.found().usage.get()));
        } catch (AuditUnavailableException e) {
            throw new Refused(NodeRefusals.of(exchange.id(), e));
        }
        return answer.body();
    }

    private Mono<byte[]> failed(Exchange exchange, Throwable error) {
        Throwable cause = error instanceof BadAnswer wrapped ? wrapped.failure : error;
        Refusal refusal = NodeRefusals.of(exchange.id(), cause);
        Ending ending = cause instanceof KeyRevoked
                ? new Ending.Cancelled(Usage.NONE, "key_revoked")
                : new Ending.Failed(refusal, Usage.NONE);
        return Mono.<byte[]>fromRunnable(() -> settle.endQuietly(exchange, ending))
                .subscribeOn(threads.waiting())
                .then(Mono.error(new Refused(refusal)));
    }

    private Mono<Void> send(ServerHttpResponse response, Exchange exchange, byte[] body) {
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(type(exchange));
        response.getHeaders().setContentLength(body.length);
        QuotaHeaders.of(exchange, clock).forEach(response.getHeaders()::set);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static MediaType type(Exchange exchange) {
        return exchange.found().request.get().stream()
                ? MediaType.parseMediaType(exchange.endpoint().streamType())
                : MediaType.APPLICATION_JSON;
    }

    /** A failure of the node that was noticed where only unchecked exceptions pass. */
    private static final class BadAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final NodeFailure failure;

        BadAnswer(NodeFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
