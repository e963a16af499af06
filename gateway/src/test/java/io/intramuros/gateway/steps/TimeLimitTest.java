// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void run_workInTime_givesItsResultAndStops() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        try (TimeLimit limit = new TimeLimit(LONG)) {
            assertThat(limit.run(() -> Thread.currentThread().isVirtual(), stopped::countDown))
                    .contains(false);
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void run_workThatFails_throwsWhatItThrew() {
        try (TimeLimit limit = new TimeLimit(LONG)) {
            assertThatThrownBy(() -> limit.run(
                            () -> {
                                throw new IllegalArgumentException("mine");
                            },
                            () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mine");
        }
    }

    @Test
    void run_workOverTime_isInterruptedAndCountsUntilItStops() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean early = new AtomicBoolean();
        try (TimeLimit limit = new TimeLimit(Duration.ofMillis(50))) {
            var result = limit.run(
                    () -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException _) {
                            told.countDown();
                        }
                        // Stubborn: it was told, and goes on.
                        awaitQuietly(goOn);
                        return "late";
                    },
                    stopped::countDown);

            assertThat(result).isEmpty();
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            early.set(stopped.getCount() == 0);
            goOn.countDown();
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(early).isFalse();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void run_callerIsInterrupted_stopsTheWork() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        try (TimeLimit limit = new TimeLimit(LONG)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> limit.run(
                            () -> {
                                awaitQuietly(new CountDownLatch(1));
                                return 1;
                            },
                            stopped::countDown))
                    .isInstanceOf(InterruptedException.class);
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
