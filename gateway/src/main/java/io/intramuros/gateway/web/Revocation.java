// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.gateway.tenant.KeyRing;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ends answers that are on their way when their key is revoked. */
final class Revocation {
    private final KeyRing keys;

    Revocation(KeyRing keys) {
        this.keys = keys;
    }

    /** Never a value; {@link KeyRevoked} once the exchange's key is revoked. */
    Publisher<Void> of(Exchange exchange) {
        if (exchange.caller().kind() != Caller.Kind.KEY) return Mono.never();
        Sinks.One<Void> sink = Sinks.one();
        KeyRing.Watch watch = keys.onRevoked(exchange.caller().id(), () -> sink.tryEmitError(new KeyRevoked()));
        exchange.atEnd(_ -> watch.close());
        return sink.asMono();
    }
}
