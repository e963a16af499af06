// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.steps.AuthFailures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells who an administrator is by the token, records wrong ones, and looks at no token of an address that sends many. */
final class AdminLogin {
    private static final String SCHEME = "Bearer ";

    private final AdminTokens tokens;
    private final AuthFailures journal;
    private final AttemptLimiter limiter;

    AdminLogin(AdminTokens tokens, AuthFailures journal, AttemptLimiter limiter) {
        this.tokens = tokens;
        this.journal = journal;
        this.limiter = limiter;
    }

    /** The administrator; empty where no token is sent; an error where it is wrong or its address has sent too many. */
    Mono<Authentication> authenticate(ServerWebExchange web) {
        List<String> given = web.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (given.isEmpty()) return Mono.empty();
        if (limiter.blocked(address(web)).isPresent())
            return Mono.error(new LockedException("admin token: not looked at"));
        Optional<String> name = given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.nameOf(given.getFirst().substring(SCHEME.length()).strip())
                : Optional.empty();
        return name.<Mono<Authentication>>map(known -> Mono.just(new AdminAuthentication(known)))
                .orElseGet(() -> Mono.error(new BadCredentialsException("admin token: not known")));
    }

    /** Answers what {@link #authenticate} found wrong. */
    Mono<Void> refuse(ServerWebExchange web, AuthenticationException why) {
        Optional<Duration> wait = limiter.blocked(address(web));
        if (why instanceof LockedException) return AdminErrors.write(web, tooMany(web, wait.orElse(Duration.ZERO)));
        limiter.failed(address(web));
        journal.count(AuthFailures.Plane.ADMIN);
        return AdminErrors.write(web, unknown());
    }

    static AdminError unknown() {
        return new AdminError(
                401,
                "invalid_admin_token",
                "This needs the admin token: send Authorization: Bearer, with INTRAMUROS_ADMIN_TOKEN or what"
                        + " DATA/admin-token holds.");
    }

    private static AdminError tooMany(ServerWebExchange web, Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        web.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return new AdminError(
                429,
                "rate_limit_exceeded",
                "Too many wrong admin tokens came from this address; try again in " + seconds + " s.");
    }

    /** The peer's own address: the admin plane stands behind no proxy that it would have to believe. */
    private static InetAddress address(ServerWebExchange web) {
        InetSocketAddress remote = web.getRequest().getRemoteAddress();
        InetAddress peer = remote == null ? null : remote.getAddress();
        return peer == null ? InetAddress.getLoopbackAddress() : peer;
    }
}
