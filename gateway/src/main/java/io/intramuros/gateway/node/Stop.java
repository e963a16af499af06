// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

/** Ends a stream from outside. */
public final class Stop {
    private Stop() {}

    /**
     * The same stream, which fails when {@code stop} does. Reactor's operator alone passes the error down and leaves what
     * is above it running: a node would go on with work that nobody takes.
     *
     * @param <T> what the stream carries
     * @param stop never a value, only an error
     */
    public static <T> Flux<T> when(Publisher<?> stop, Flux<T> stream) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable Subscription> above = new AtomicReference<>();
            return stream.doOnSubscribe(above::set).takeUntilOther(stop).doOnError(_ -> {
                Subscription running = above.get();
                if (running != null) running.cancel();
            });
        });
    }
}
