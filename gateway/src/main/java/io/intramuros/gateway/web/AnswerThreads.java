// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where answers are worked on off the event loop.
 *
 * @param waiting virtual threads, for what waits for others
 * @param searching for detectors; threads of the operating system, enough of them that some may be slow: one that computes
 *     for long on a virtual thread would take a carrier from all the others
 * @param limit how long a piece of an answer may be searched
 */
record AnswerThreads(Scheduler waiting, Scheduler searching, Duration limit) implements AutoCloseable {
    /** How many pieces of a stream may wait to be searched; the node is asked for no more. */
    static final int AHEAD = 16;

    private static final int MOST_THREADS = 64;
    private static final long IDLE_SECONDS = 30;

    static AnswerThreads open(Scheduler waiting, Duration limit) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("screen-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return new AnswerThreads(waiting, Schedulers.fromExecutorService(threads), limit);
    }

    @Override
    public void close() {
        searching.dispose();
    }
}
