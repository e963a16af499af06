// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Records what administrators look at, before they see it. What changes something writes a record of its own, and so do
 * reads of the log.
 */
final class AccessRecords implements WebFilter, Ordered {
    private static final Set<String> RECORD_THEMSELVES =
            Set.of(Api.AUDIT + "/records", Api.AUDIT + "/proof", Api.AUDIT + "/export", Api.AUDIT + "/evidence");

    private final RequestMappingHandlerMapping handlers;
    private final Records records;
    private final Scheduler virtual;

    AccessRecords(RequestMappingHandlerMapping handlers, Records records, ExecutorService virtual) {
        this.handlers = handlers;
        this.records = records;
        this.virtual = Schedulers.fromExecutorService(virtual);
    }

    /** After those that tell who it is. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
        boolean reads = HttpMethod.GET.equals(web.getRequest().getMethod());
        if (!reads || !web.getRequest().getPath().value().startsWith(Api.ROOT + "/")) return chain.filter(web);
        return handlers.getHandler(web)
                .then(Mono.defer(() -> web.<Principal>getPrincipal()))
                .flatMap(actor -> Mono.fromRunnable(() -> record(web, actor)).subscribeOn(virtual))
                .then(Mono.defer(() -> chain.filter(web)));
    }

    /** The path by its pattern: what stands in its place may be anything, a whole key too. */
    private void record(ServerWebExchange web, Principal actor) {
        PathPattern pattern = web.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null && !RECORD_THEMSELVES.contains(pattern.getPatternString()))
            records.write("admin.accessed", actor, "path", pattern.getPatternString());
    }
}
