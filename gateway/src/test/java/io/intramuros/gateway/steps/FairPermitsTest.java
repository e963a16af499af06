// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class FairPermitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void giveBack_flooderBeforeQuietTeam_quietTeamGoesSecond() throws Exception {
        FairPermits permits = new FairPermits(1);
        assertThat(permits.take("holder", LONG)).isTrue();
        var order = new LinkedBlockingQueue<String>();
        CountDownLatch ended = new CountDownLatch(4);
        for (String team : List.of("flood", "flood", "flood", "quiet")) {
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    permits.take(team, LONG);
                    order.add(team);
                    permits.giveBack();
                    ended.countDown();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            while (thread.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        }

        permits.giveBack();
        ended.await();

        assertThat(order).containsExactly("flood", "quiet", "flood", "flood");
    }

    @Test
    void take_noneFreeInTime_givesUpAndLeavesTheLine() throws Exception {
        FairPermits permits = new FairPermits(1);
        permits.take("a", LONG);

        assertThat(permits.take("b", Duration.ofMillis(1))).isFalse();

        permits.giveBack();
        assertThat(permits.take("c", Duration.ofMillis(1))).isTrue();
    }
}
