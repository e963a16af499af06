// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1, 2);

    @Test
    void enter_beyondTheQueue_isRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(turns.enter()).isPresent();
        }

        assertThat(turns.enter()).isEmpty();
        assertThat(turns.running()).isEqualTo(1);
        assertThat(turns.waiting()).isEqualTo(2);
    }

    @Test
    void close_passesTheTurnOnInOrderOfArrival() throws Exception {
        Turns.Place first = turns.enter().orElseThrow();
        Turns.Place second = turns.enter().orElseThrow();
        Turns.Place third = turns.enter().orElseThrow();
        var thirdsTurn = new CompletableFuture<Boolean>();
        Thread.ofPlatform().start(() -> {
            try {
                thirdsTurn.complete(third.await());
            } catch (InterruptedException e) {
                thirdsTurn.completeExceptionally(e);
            }
        });

        first.close();
        assertThat(second.await()).isTrue();
        assertThat(thirdsTurn).isNotDone();
        second.close();
        assertThat(thirdsTurn.get(5, TimeUnit.SECONDS)).isTrue();
        third.close();
        third.close();
        assertThat(turns.running()).isZero();
    }

    @Test
    void giveUp_whileWaiting_freesThePlace() throws Exception {
        assertThat(turns.enter()).isPresent();
        Turns.Place second = turns.enter().orElseThrow();

        second.giveUp();

        assertThat(second.await()).isFalse();
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void giveUp_whileRunning_keepsTheTurn() throws Exception {
        Turns.Place first = turns.enter().orElseThrow();

        first.giveUp();

        assertThat(first.await()).isTrue();
        assertThat(turns.running()).isEqualTo(1);
    }
}
