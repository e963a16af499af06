// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes requests in: when each came, and its body within size and time. */
final class Intake {
    private final InstantSource clock;
    private final int maxBytes;
    private final Duration time;

    /**
     * For all requests.
     *
     * @param maxBytes the largest body, at least 1
     * @param time how long a body may take to arrive
     */
    Intake(InstantSource clock, int maxBytes, Duration time) {
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.time = time;
    }

    Instant now() {
        return clock.instant();
    }

    /** The whole body; a {@link Refused} where it is too large or too slow. */
    Mono<byte[]> body(ServerWebExchange web) {
        return BoundedBody.read(web.getRequest().getBody(), maxBytes)
                .timeout(time)
                .onErrorMap(
                        TimeoutException.class,
                        _ -> new Refused(new Refusal(
                                ErrorCode.REQUEST_TIMEOUT,
                                "The body did not arrive within " + time.toSeconds() + " s.")));
    }
}
