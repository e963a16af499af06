// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.dialect.Dialects;
import io.intramuros.gateway.node.LiveCatalog;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.gateway.oauth.AccessTokens;
import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.steps.AuthFailures;
import io.intramuros.gateway.steps.Settle;
import io.intramuros.gateway.steps.Steps;
import io.intramuros.gateway.telemetry.ExchangeMetrics;
import io.intramuros.gateway.telemetry.ExchangeSpans;
import io.intramuros.gateway.tenant.KeyRing;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the data plane together: what Spring has to know of the way of a request. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class DataPlane {
    /** The exchange is observed once, at its end; Spring Security would wrap each of its filters in an observation. */
    @Bean
    SecurityObservationSettings unobservedSecurity() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ServerPorts serverPorts() {
        return new ServerPorts();
    }

    @Bean
    Errors errors(ServerPorts ports, Dialects dialects, InstantSource clock) {
        return new Errors(ports, dialects, clock);
    }

    @Bean
    Door door(ServerPorts ports, InstantSource clock, Settings settings, Errors errors) {
        return new Door(ports, clock, settings.number(Setting.BODY_BYTES), errors);
    }

    @Bean
    Scheduler virtualScheduler(ExecutorService virtual) {
        return Schedulers.fromExecutorService(virtual);
    }

    @Bean
    AnswerThreads answerThreads(Scheduler virtualScheduler, Settings settings) {
        return AnswerThreads.open(virtualScheduler, settings.time(Setting.REDACTION_TIME));
    }

    @Bean
    FailedCredentials failedCredentials(
            AttemptLimiter limiter, AuthFailures journal, Errors errors, Settings settings) {
        return new FailedCredentials(limiter, journal, errors, settings.text(Setting.TRUSTED_PROXIES));
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityWebFilterChain dataPlaneChain(
            ServerHttpSecurity http,
            KeyRing keys,
            AccessTokens tokens,
            Scheduler virtualScheduler,
            FailedCredentials failures,
            Errors errors) {
        return new SecurityChain(keys, tokens, virtualScheduler, failures, errors).build(http);
    }

    @Bean
    Intake intake(InstantSource clock, Settings settings) {
        return new Intake(clock, (int) settings.number(Setting.BODY_BYTES), settings.time(Setting.BODY_TIME));
    }

    @Bean
    Way way(Steps steps, Settle settle, ExchangeSpans spans, Errors errors, Scheduler virtualScheduler, Intake intake) {
        return new Way(steps.inOrder(), settle, spans, errors, virtualScheduler, intake);
    }

    @Bean
    RouteLocator places(RouteLocatorBuilder builder, Way way, Dialects dialects) {
        return Places.routes(builder, way, dialects);
    }

    @Bean
    NodeCall nodeCall(
            NodeClient client, Steps steps, ExchangeMetrics metrics, InstantSource clock, Scheduler virtualScheduler) {
        return new NodeCall(client, steps.record(), metrics, clock, virtualScheduler);
    }

    @Bean
    NodeRoutingFilter nodeRoutingFilter(
            NodeCall call, Settle settle, AnswerThreads threads, KeyRing keys, InstantSource clock, Settings settings) {
        Revocation revocation = new Revocation(keys);
        return new NodeRoutingFilter(
                new StreamedAnswer(
                        call, settle, threads, revocation, new KeepAlive(settings.time(Setting.KEEP_ALIVE)), clock),
                new WholeAnswer(call, settle, threads, revocation, clock, settings.number(Setting.ANSWER_BYTES)));
    }

    @Bean
    RouterFunction<ServerResponse> modelList(LiveCatalog catalog, Readiness readiness, Errors errors) {
        return new ModelList(catalog, readiness, errors).routes();
    }

    @Bean
    RouterFunction<ServerResponse> ollamaList(LiveCatalog catalog, Errors errors) {
        return new OllamaList(catalog, errors).routes();
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> listener(Settings settings) {
        return new Listener(settings.time(Setting.BODY_TIME));
    }
}
