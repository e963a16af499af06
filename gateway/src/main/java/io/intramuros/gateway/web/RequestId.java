// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;

/** The id of a request: a UUID of version 7 (RFC 9562, 5.7), always ours. */
final class RequestId {
    static final String HEADER = "x-request-id";
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    static String mint(InstantSource clock) {
        long high = (clock.millis() << 16) | 0x7000L | (RANDOM.nextInt() & 0xFFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Gives a request its id, in the answer's header too. */
    static void assign(ServerWebExchange web, InstantSource clock) {
        String id = mint(clock);
        web.getAttributes().put(ATTRIBUTE, id);
        web.getResponse().getHeaders().set(HEADER, id);
    }

    /** The id that {@link #assign} gave. */
    static String of(ServerWebExchange web) {
        return web.getAttributeOrDefault(ATTRIBUTE, "none");
    }
}
