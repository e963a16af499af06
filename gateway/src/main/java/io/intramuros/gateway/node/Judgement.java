// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;

/**
 * What a circuit breaker hears of one call: good as soon as the answer begins. Resilience4j's own operator waits for its
 * end, and a node that is tried again would be closed to everyone for as long as two answers are being written. A break
 * in the middle counts too.
 */
final class Judgement {
    private final CircuitBreaker breaker;
    private final long began = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    private Judgement(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** The call, refused with {@link CallNotPermittedException} while its breaker is open. */
    static Flux<ByteBuf> of(CircuitBreaker breaker, Flux<ByteBuf> call) {
        return Flux.defer(() -> {
            if (!breaker.tryAcquirePermission())
                return Flux.error(CallNotPermittedException.createCallNotPermittedException(breaker));
            Judgement judgement = new Judgement(breaker);
            return call.doOnNext(_ -> judgement.good())
                    .doOnComplete(judgement::good)
                    .doOnError(judgement::bad)
                    .doOnCancel(judgement::none);
        });
    }

    private void good() {
        if (told.get() || !told.compareAndSet(false, true)) return;
        breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private void bad(Throwable e) {
        told.set(true);
        breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, e);
    }

    private void none() {
        if (told.compareAndSet(false, true)) breaker.releasePermission();
    }
}
