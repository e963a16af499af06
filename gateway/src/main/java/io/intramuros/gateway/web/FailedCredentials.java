// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.steps.AuthFailures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers credentials that prove nothing, counts them by address, and refuses an address that tries too often. */
final class FailedCredentials {
    private final AttemptLimiter limiter;
    private final AuthFailures journal;
    private final Errors errors;
    private final Set<String> trustedProxies;

    /**
     * For the data plane.
     *
     * @param trustedProxies addresses whose {@code X-Forwarded-For} names the caller's, with commas between
     */
    FailedCredentials(AttemptLimiter limiter, AuthFailures journal, Errors errors, String trustedProxies) {
        this.limiter = limiter;
        this.journal = journal;
        this.errors = errors;
        this.trustedProxies = trustedProxies.isBlank() ? Set.of() : Set.of(trustedProxies.split("\\s*,\\s*", -1));
    }

    /** An error where this address has failed too often of late. */
    Mono<Void> guard(ServerWebExchange web) {
        Optional<Duration> wait = limiter.blocked(address(web));
        return wait.<Mono<Void>>map(duration -> Mono.error(new Unauthenticated(tooMany(duration))))
                .orElseGet(Mono::empty);
    }

    /** Answers with the refusal, and counts it where it was the credential's fault. */
    Mono<Void> answer(ServerWebExchange web, Refusal refusal) {
        if (refusal.code() == ErrorCode.INVALID_API_KEY) {
            limiter.failed(address(web));
            journal.count(AuthFailures.Plane.DATA);
        }
        return errors.write(web, refusal);
    }

    private InetAddress address(ServerWebExchange web) {
        InetSocketAddress remote = web.getRequest().getRemoteAddress();
        InetAddress peer = remote == null ? null : remote.getAddress();
        if (peer == null) return InetAddress.getLoopbackAddress();
        String forwarded = web.getRequest().getHeaders().getFirst("x-forwarded-for");
        if (forwarded == null || !trustedProxies.contains(peer.getHostAddress())) return peer;
        // The last entry is the one that the trusted proxy itself wrote.
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        try {
            return InetAddress.ofLiteral(last);
        } catch (IllegalArgumentException _) {
            return peer; // a proxy that writes no address is counted itself
        }
    }

    private static Refusal tooMany(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return new Refusal(
                ErrorCode.RATE_LIMIT_EXCEEDED,
                "Too many wrong credentials came from this address; try again in " + seconds + " s.",
                null,
                Map.of("retry-after", Long.toString(seconds)));
    }
}
