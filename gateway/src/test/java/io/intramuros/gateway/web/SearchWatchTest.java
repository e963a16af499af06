// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SearchWatchTest {
    @Test
    void overdue_pieceThatTakesTooLong_failsAndInterruptsWhoDoesIt() throws Exception {
        SearchWatch watch = new SearchWatch(Duration.ofMillis(60));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            watch.begin();
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            watch.end();
        });
        begun.await();

        assertThatThrownBy(() -> watch.overdue().blockLast(Duration.ofSeconds(20)))
                .isInstanceOf(SearchOverdue.class);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void overdue_nothingUnderWay_staysSilent() {
        SearchWatch watch = new SearchWatch(Duration.ofMillis(20));
        watch.begin();
        watch.end();

        assertThat(watch.overdue().take(Duration.ofMillis(200)).collectList().block(Duration.ofSeconds(20)))
                .isEmpty();
    }
}
