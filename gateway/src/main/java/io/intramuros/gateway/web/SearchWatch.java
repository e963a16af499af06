// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Notices when a piece of a stream is searched for too long, and interrupts whoever does it. For one stream. */
final class SearchWatch {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Duration limit;
    private @Nullable Thread worker;
    private long since;

    SearchWatch(Duration limit) {
        this.limit = limit;
    }

    /** This thread begins a piece. */
    synchronized void begin() {
        worker = Thread.currentThread();
        since = System.nanoTime();
    }

    /** It has ended it. */
    synchronized void end() {
        worker = null;
    }

    /** Never a value; {@link SearchOverdue} once a piece takes too long. */
    Flux<Long> overdue() {
        Duration half = limit.dividedBy(2);
        return Flux.interval(half.compareTo(LONGEST_LOOK) < 0 ? half : LONGEST_LOOK)
                .onBackpressureDrop()
                .handle((_, sink) -> {
                    if (isOverdue()) sink.error(new SearchOverdue());
                });
    }

    private synchronized boolean isOverdue() {
        Thread searching = worker;
        if (searching == null || System.nanoTime() - since < limit.toNanos()) return false;
        searching.interrupt();
        return true;
    }
}
