// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.steps.Settle;
import io.intramuros.gateway.telemetry.ExchangeSpans;
import io.intramuros.gateway.telemetry.RequestLog;
import io.intramuros.gateway.tenant.Caller;
import java.time.Instant;
import java.util.List;
import org.slf4j.MDC;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The way of a request, from a sound head to the node. The twelve steps in their order:
 *
 * <ol>
 *   <li>{@link Door}: limits, framing, the request id (a web filter)
 *   <li>{@link SecurityChain}: who calls (Spring Security)
 *   <li>{@code Read}: the body, its text slots, the model
 *   <li>{@code Decide}: what the policies say
 *   <li>{@code Reserve}: the quota, all or nothing
 *   <li>{@code Redact}: personal data out
 *   <li>Admit: the permits that teams take in turn, for now within {@code Redact}
 *   <li>{@code Route}: the nodes to try
 *   <li>{@code RecordAdmitted}: {@code request.admitted} is durable
 *   <li>{@link NodeCall}: the node, and another where the first fails
 *   <li>{@code AnswerFilter}: values back, within the call's stream
 *   <li>{@code Settle}: the quota corrected, the ending durable, then the last byte
 * </ol>
 *
 * Steps 3 to 9 are the list that this filter walks, on one virtual thread.
 */
final class Way {
    static final String EXCHANGE = Way.class.getName() + ".exchange";

    private final List<Step> steps;
    private final Settle settle;
    private final ExchangeSpans spans;
    private final Errors errors;
    private final Scheduler virtual;
    private final Intake intake;

    Way(List<Step> steps, Settle settle, ExchangeSpans spans, Errors errors, Scheduler virtual, Intake intake) {
        this.steps = List.copyOf(steps);
        this.settle = settle;
        this.spans = spans;
        this.errors = errors;
        this.virtual = virtual;
        this.intake = intake;
    }

    /** The filter for the route of one endpoint. */
    GatewayFilter to(Endpoint endpoint) {
        return (web, chain) -> web.<CallerAuthentication>getPrincipal()
                .flatMap(principal -> begin(web, endpoint, principal.caller()))
                .flatMap(exchange -> walk(web, exchange, chain))
                .onErrorResume(Refused.class, refused -> errors.write(web, refused.refusal()));
    }

    private Mono<Exchange> begin(ServerWebExchange web, Endpoint endpoint, Caller caller) {
        Instant received = intake.now();
        String id = RequestId.of(web);
        return intake.body(web)
                .map(bytes -> new Exchange(id, received, endpoint, caller, bytes))
                .onErrorResume(
                        Refused.class,
                        refused -> Mono.<Exchange>fromRunnable(() -> settle.endQuietly(
                                        new Exchange(id, received, endpoint, caller, new byte[0]),
                                        new Ending.Denied(refused.refusal())))
                                .subscribeOn(virtual)
                                .then(Mono.error(refused)))
                .onErrorResume(LateErrors::isHangUp, _ -> {
                    settle.endLater(
                            new Exchange(id, received, endpoint, caller, new byte[0]),
                            new Ending.Cancelled(Usage.NONE, "client_gone"));
                    return Mono.error(new Refused(gone()));
                });
    }

    private Mono<Void> walk(ServerWebExchange web, Exchange exchange, GatewayFilterChain chain) {
        web.getAttributes().put(EXCHANGE, exchange);
        Trace.begin(web, exchange, spans);
        return Mono.fromCallable(() -> logged(exchange))
                .subscribeOn(virtual)
                .flatMap(outcome -> switch (outcome) {
                    case Onward _ -> chain.filter(web);
                    case Refusal refusal -> Mono.<Void>error(new Refused(refusal));
                })
                .onErrorResume(e -> !(e instanceof Refused), e -> failed(exchange, e))
                .doOnCancel(() -> settle.endLater(
                        exchange, new Ending.Cancelled(exchange.found().usageSoFar(), "client_gone")));
    }

    private Outcome logged(Exchange exchange) {
        try (MDC.MDCCloseable _ = RequestLog.of(exchange.id())) {
            return take(exchange);
        }
    }

    /** Walks the steps; what was refused has ended, and its record is durable, when this returns. */
    private Outcome take(Exchange exchange) {
        for (Step step : steps) {
            if (exchange.ending().isPresent()) return gone();
            if (step.take(exchange) instanceof Refusal refusal) {
                settle.endQuietly(exchange, new Ending.Denied(refusal));
                return refusal;
            }
            if (exchange.found().local.find().isPresent()) break;
        }
        return exchange.ending().isPresent() ? gone() : Onward.ONWARD;
    }

    private static Refusal gone() {
        return new Refusal(ErrorCode.REQUEST_TIMEOUT, "The caller hung up.");
    }

    /** Something that no step foresaw: the exchange ends as failed, and the error goes on. */
    private Mono<Void> failed(Exchange exchange, Throwable error) {
        Refusal refusal = new Refusal(ErrorCode.INTERNAL, "Something failed in the gateway.");
        return Mono.<Void>fromRunnable(() -> settle.endQuietly(
                        exchange, new Ending.Failed(refusal, exchange.found().usageSoFar())))
                .subscribeOn(virtual)
                .then(Mono.error(error));
    }
}
