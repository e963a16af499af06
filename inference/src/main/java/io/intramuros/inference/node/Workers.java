// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs calls, each on a thread of its own for as long as it lasts. Platform threads: a native call would hold a
 * virtual thread's carrier just as long, and there are only as many carriers as cores.
 */
final class Workers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("node");
    private static final int MOST = 256;
    /** Embeddings run on these threads, and the kernels overflow the usual megabyte. */
    private static final long STACK_BYTES = 16L << 20;

    private final Endpoints endpoints;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MOST,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("call-", 0).stackSize(STACK_BYTES).factory());
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    Workers(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Starts a call; throws {@link RejectedExecutionException} where too many run. */
    void take(Call call) {
        running.add(call);
        try {
            threads.execute(() -> run(call));
        } catch (RejectedExecutionException e) {
            running.remove(call);
            throw e;
        }
    }

    /** Waits for the running calls, then ends those that still run. */
    void drain(Duration limit) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            List.copyOf(running).forEach(Call::hangUp);
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "calls still running at the end: {0}", running.size());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void run(Call call) {
        try {
            endpoints.serve(call);
        } catch (RefusedException e) {
            call.refuse(e.error());
        } catch (HungUpException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", call.request().id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "call " + call.request().id() + " failed", e);
            fail(call);
        } finally {
            running.remove(call);
            if (!call.isEnded()) {
                call.abort();
            }
        }
    }

    private static void fail(Call call) {
        if (!call.isStreaming() && !call.isEnded()) {
            call.refuse(ApiError.internal());
            return;
        }
        try {
            call.event(Json.error(ApiError.internal()));
        } catch (HungUpException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", call.request().id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
