// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Forward;
import io.intramuros.gateway.exchange.Planned;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.gateway.node.NodeFailure;
import io.intramuros.gateway.node.Target;
import io.intramuros.gateway.steps.RecordAdmitted;
import io.intramuros.gateway.telemetry.ExchangeMetrics;
import io.intramuros.policies.Node;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Step 10 of the way: calls the first node, and the next where it fails before its first byte. */
final class NodeCall {
    /** By which Intramuros' own node hears whose request it is. */
    private static final String TENANT = "x-intramuros-tenant";

    private final NodeClient client;
    private final RecordAdmitted record;
    private final ExchangeMetrics metrics;
    private final InstantSource clock;
    private final Scheduler virtual;

    NodeCall(
            NodeClient client, RecordAdmitted record, ExchangeMetrics metrics, InstantSource clock, Scheduler virtual) {
        this.client = client;
        this.record = record;
        this.metrics = metrics;
        this.clock = clock;
        this.virtual = virtual;
    }

    /** The head of a node's answer, once it began. */
    final class Head implements NodeClient.Watcher {
        private final Exchange exchange;
        private volatile int status;
        private volatile Forward forward;
        private volatile @Nullable AnswerStream stream;

        private Head(Exchange exchange) {
            this.exchange = exchange;
            this.forward = exchange.found().targets.get().getFirst().forward();
        }

        private void of(Forward tried) {
            forward = tried;
        }

        /** How what comes is read. */
        Answers answers() {
            return forward.answers();
        }

        /** What comes, as a stream; of the node that answers, once one does. */
        AnswerStream stream() {
            AnswerStream known = stream;
            if (known == null) {
                known = answers().stream(exchange);
                stream = known;
            }
            return known;
        }

        @Override
        public void begun(Target target, int code, HttpHeaders headers) {
            exchange.found().node.set(target.node());
            exchange.found().firstByte.set(exchange.elapsed());
            metrics.firstByte(
                    exchange.caller().team(),
                    exchange.found().model.get().name(),
                    Duration.between(exchange.received(), clock.instant()));
            status = code;
        }

        /** Whether the answer began. */
        boolean isBegun() {
            return status != 0;
        }

        /** The HTTP status; 0 before it began. */
        int status() {
            return status;
        }

        /** Whether the node refused the request as it is. */
        boolean isRefusal() {
            return status >= 400;
        }
    }

    Head head(Exchange exchange) {
        return new Head(exchange);
    }

    /** The answer's bytes; whoever takes a buffer releases it. */
    Flux<ByteBuf> answer(Exchange exchange, Head head, Map<String, String> trace) {
        return attempt(exchange, exchange.found().targets.get(), head, trace);
    }

    private Flux<ByteBuf> attempt(Exchange exchange, List<Planned> targets, Head head, Map<String, String> trace) {
        Target target = targets.getFirst().target();
        Forward forward = targets.getFirst().forward();
        head.of(forward);
        Map<String, String> headers = new HashMap<>(trace);
        headers.put("x-request-id", exchange.id());
        headers.put("accept", forward.accept());
        // Our own node shares its work by it, and keeps what it remembers of prompts apart; others do not hear who
        // asks.
        if (target.type() == Node.Type.ONNX)
            headers.put(TENANT, exchange.caller().team());
        return client.post(target, forward.path(), body(forward, target), headers, head)
                .onErrorResume(
                        NodeFailure.class,
                        failure -> head.isBegun() || targets.size() == 1
                                ? Flux.error(failure)
                                : retry(exchange, targets.subList(1, targets.size()), failure, head, trace));
    }

    private Flux<ByteBuf> retry(
            Exchange exchange, List<Planned> rest, NodeFailure failure, Head head, Map<String, String> trace) {
        return Mono.fromCallable(() -> {
                    record.retried(
                            exchange,
                            rest.getFirst().target().node(),
                            failure.kind().name().toLowerCase(Locale.ROOT));
                    return true;
                })
                .subscribeOn(virtual)
                .thenMany(Flux.defer(() -> attempt(exchange, rest, head, trace)));
    }

    /** Replicas share the body, one after the other; only the model's name is each one's own. */
    private static byte[] body(Forward forward, Target target) {
        forward.body().put("model", target.as());
        return StrictJson.write(forward.body());
    }
}
