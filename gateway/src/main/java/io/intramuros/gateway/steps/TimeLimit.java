// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Does work that nobody waits for longer than a limit. Work that goes on all the same is interrupted, and counts as going
 * on until it stops. It has threads of its own, of the operating system: what computes without end on a virtual thread
 * takes a carrier from all others, those who would say so among them.
 */
final class TimeLimit implements AutoCloseable {
    private final Duration limit;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("search-", 0).factory());

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /**
     * The result of {@code work}; empty where it took too long.
     *
     * @param stopped runs when the work has stopped, which may be later
     */
    <T> Optional<T> run(Supplier<T> work, Runnable stopped) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        Future<?> running = threads.submit(() -> {
            if (!begun.compareAndSet(false, true)) return;
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            } finally {
                stopped.run();
            }
        });
        try {
            return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            stop(running, begun, stopped);
            return Optional.empty();
        } catch (InterruptedException e) {
            stop(running, begun, stopped);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
        }
    }

    /** Interrupts the work; what never began has stopped already. */
    private static void stop(Future<?> running, AtomicBoolean begun, Runnable stopped) {
        running.cancel(true);
        if (begun.compareAndSet(false, true)) stopped.run();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
