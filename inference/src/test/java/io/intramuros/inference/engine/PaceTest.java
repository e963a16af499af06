// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(256);

    @Test
    void piece_nobodyElseWaits_isAWholeChunk() {
        assertThat(pace.piece(false)).isEqualTo(256);
    }

    @Test
    void piece_nothingKnownYet_isSmallWhereOthersWait() {
        assertThat(pace.piece(true)).isEqualTo(16);
        assertThat(new Pace(4).piece(true)).isEqualTo(4);
    }

    @Test
    void piece_othersWait_takesAboutAsLongAsAStep() {
        pace.stepBegins();
        spin(20_000_000);
        pace.stepEnds();
        pace.pieceBegins();
        spin(10_000_000);
        pace.pieceEnds(50);

        // 20 ms of steps at 0.2 ms a token: 100 tokens, and more or less as the machine is busy.
        assertThat(pace.piece(true)).isBetween(16, 255);
    }

    @Test
    void waitFrom_givesAMomentFromTheFirstCallOn() {
        assertThat(pace.isPatienceOver()).isTrue();
        pace.waitFrom();
        assertThat(pace.patience()).isLessThanOrEqualTo(4_000_000);
        spin(5_000_000);
        pace.waitFrom();
        assertThat(pace.isPatienceOver()).isTrue();
        pace.released();
        pace.waitFrom();
        assertThat(pace.patience()).isPositive();
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
