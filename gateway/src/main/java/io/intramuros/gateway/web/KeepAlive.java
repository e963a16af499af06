// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Signs of life in the pauses of a stream. The first goes out with the status, so that a failure after it is an event of
 * the stream. For several streams at once.
 */
final class KeepAlive {
    /** Pieces that wait where a caller takes none: few, so that it is soon known to take none. */
    private static final int AHEAD = 4;

    private final Duration pause;

    /**
     * After pauses.
     *
     * @param pause how long one is; zero for no signs at all
     */
    KeepAlive(Duration pause) {
        this.pause = pause;
    }

    /**
     * The same stream, with signs.
     *
     * @param whole pieces that may stand alone, as whole events
     * @param sign what stands between them; empty for none
     */
    Flux<byte[]> within(Flux<byte[]> whole, byte[] sign) {
        if (pause.isZero() || sign.length == 0) return whole;
        return Flux.defer(() -> {
            AtomicLong moved = new AtomicLong(System.nanoTime());
            Sinks.Empty<Void> over = Sinks.empty();
            Flux<byte[]> said =
                    whole.doOnNext(_ -> moved.set(System.nanoTime())).doFinally(_ -> over.tryEmitEmpty());
            Flux<byte[]> signs = Flux.interval(pause.dividedBy(2))
                    .onBackpressureDrop()
                    .filter(_ -> System.nanoTime() - moved.get() >= pause.toNanos())
                    .doOnNext(_ -> moved.set(System.nanoTime()))
                    .map(_ -> sign)
                    .takeUntilOther(over.asMono());
            return Flux.merge(AHEAD, said, signs);
        });
    }
}
