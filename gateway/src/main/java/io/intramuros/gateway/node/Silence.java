// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Watches streams for silence, and says whose it is: a node that sends nothing while more is asked for, or a caller
 * that asks for nothing. A read timeout on the connection cannot tell them apart: where the caller is slow nothing is
 * read, and the node is blamed.
 */
final class Silence implements AutoCloseable {
    private static final long TICK_MILLIS = 250;

    private final NodeLimits limits;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("silence").factory());

    Silence(NodeLimits limits) {
        this.limits = limits;
        var _ = ticker.scheduleAtFixedRate(
                () -> watches.forEach(Watch::look), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The same stream, ended by an error when somebody is silent for too long. */
    Flux<ByteBuf> watch(String node, Flux<ByteBuf> stream) {
        return Flux.defer(() -> {
            Watch watch = new Watch(node);
            watches.add(watch);
            Flux<ByteBuf> watched = stream.doOnNext(_ -> watch.moved()).doOnRequest(watch::asked);
            return Stop.when(watch.stop.asMono(), watched).doFinally(_ -> watches.remove(watch));
        });
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private final class Watch {
        private final String node;
        private final Sinks.One<ByteBuf> stop = Sinks.one();
        private final AtomicLong demand = new AtomicLong();
        private volatile long since = System.nanoTime();
        private volatile boolean first = true;

        Watch(String node) {
            this.node = node;
        }

        void asked(long n) {
            if (demand.getAndAccumulate(n, Watch::sum) == 0) since = System.nanoTime();
        }

        void moved() {
            first = false;
            since = System.nanoTime();
            demand.updateAndGet(d -> d == Long.MAX_VALUE ? d : d - 1);
        }

        void look() {
            Duration still = Duration.ofNanos(System.nanoTime() - since);
            @Nullable Exception why = null;
            if (demand.get() == 0) {
                if (still.compareTo(limits.clientStall()) > 0) why = new ClientStalled(limits.clientStall());
            } else {
                Duration limit = first ? limits.firstByte() : limits.idle();
                if (still.compareTo(limit) > 0) why = NodeFailure.silent(node, limit, null);
            }
            if (why != null) stop.tryEmitError(why);
        }

        private static long sum(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }
    }
}
