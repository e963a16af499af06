// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.oauth.AccessTokens;
import io.intramuros.gateway.oauth.TokenVerdict;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.gateway.tenant.KeyRing;
import io.intramuros.gateway.tenant.KeyRing.Outcome;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Step 2 of the way: Spring Security's chain of the data plane, for API keys and access tokens alike. */
final class SecurityChain {
    private static final String MISSING =
            "The request has no API key; send one as Authorization: Bearer, x-api-key or api-key.";
    private static final Refusal NO_KEY = new Refusal(ErrorCode.INVALID_API_KEY, MISSING);

    private final KeyRing keys;
    private final AccessTokens tokens;
    private final Scheduler virtual;
    private final FailedCredentials failures;
    private final Errors errors;

    SecurityChain(KeyRing keys, AccessTokens tokens, Scheduler virtual, FailedCredentials failures, Errors errors) {
        this.keys = keys;
        this.tokens = tokens;
        this.virtual = virtual;
        this.failures = failures;
        this.errors = errors;
    }

    SecurityWebFilterChain build(ServerHttpSecurity http) {
        ReactiveAuthenticationManager either = this::authenticate;
        return http.csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(form -> form.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.disable())
                .anonymous(anonymous -> anonymous.disable())
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .oauth2ResourceServer(server -> server.bearerTokenConverter(
                                web -> failures.guard(web).then(Credentials.of(web)))
                        .authenticationManagerResolver(_ -> Mono.just(either))
                        .authenticationEntryPoint((web, e) -> failures.answer(web, refusal(e))))
                .exceptionHandling(x -> x.authenticationEntryPoint((web, e) -> failures.answer(web, refusal(e)))
                        .accessDeniedHandler((web, _) -> errors.write(web, NO_KEY)))
                .authorizeExchange(paths -> paths.pathMatchers("/", "/health/**")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .build();
    }

    private Mono<Authentication> authenticate(Authentication given) {
        return switch (given) {
            case KeyAuthentication key ->
                keys.cached(key.key())
                        .map(outcome -> caller(outcome))
                        .orElseGet(() -> Mono.fromCallable(() -> keys.authenticate(key.key()))
                                .subscribeOn(virtual)
                                .flatMap(SecurityChain::caller));
            case BearerTokenAuthenticationToken token ->
                Mono.fromCallable(() -> tokens.check(token.getToken()))
                        .subscribeOn(virtual)
                        .flatMap(SecurityChain::caller);
            default -> Mono.error(new Unauthenticated(MISSING));
        };
    }

    private static Mono<Authentication> caller(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Known(Caller caller) -> Mono.just(new CallerAuthentication(caller));
            case Outcome.Unknown() -> Mono.error(new Unauthenticated("The API key is not known here."));
            case Outcome.Revoked() -> Mono.error(new Unauthenticated("The API key was revoked."));
            case Outcome.Expired() -> Mono.error(new Unauthenticated("The API key has expired."));
            case Outcome.Stale() ->
                Mono.error(new Unauthenticated(new Refusal(
                        ErrorCode.KEYS_UNAVAILABLE,
                        "Keys cannot be checked at the moment, since the tenants' database is away; try again.")));
        };
    }

    private static Mono<Authentication> caller(TokenVerdict verdict) {
        return switch (verdict) {
            case TokenVerdict.Good(Caller caller) -> Mono.just(new CallerAuthentication(caller));
            case TokenVerdict.Bad(String why) -> Mono.error(new Unauthenticated(why));
            case TokenVerdict.Undecided() ->
                Mono.error(new Unauthenticated(new Refusal(
                        ErrorCode.KEYS_UNAVAILABLE,
                        "The access token cannot be checked at the moment, since its issuer's keys are away.")));
        };
    }

    private static Refusal refusal(AuthenticationException e) {
        return e instanceof Unauthenticated known ? known.refusal() : NO_KEY;
    }
}
