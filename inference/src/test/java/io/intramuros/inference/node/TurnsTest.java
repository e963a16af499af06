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

    @Test
    void close_severalTenants_servesTheOneWithTheFewestTokens() throws Exception {
        Turns.Place running = turns.enter("a", 100).orElseThrow();
        Turns.Place greedy = turns.enter("a", 100).orElseThrow();
        Turns.Place modest = turns.enter("b", 10).orElseThrow();

        running.close();

        assertThat(modest.await()).isTrue();
        assertThat(turns.waiting()).isEqualTo(1);
        modest.close();
        assertThat(greedy.await()).isTrue();
    }

    @Test
    void enter_roomForTheLongest_letsInAsManyAsFit() {
        var room = new Turns((count, longest) -> count * longest <= 100, 10);
        Turns.Place small = room.enter("a", 30).orElseThrow();
        Turns.Place other = room.enter("b", 30).orElseThrow();
        Turns.Place third = room.enter("b", 33).orElseThrow();
        assertThat(room.running()).isEqualTo(3);
        Turns.Place large = room.enter("a", 60).orElseThrow();
        assertThat(room.waiting()).isEqualTo(1);

        small.close();
        other.close();
        assertThat(room.running()).isEqualTo(1);
        third.close();
        assertThat(room.running()).isEqualTo(1);
        assertThat(room.waiting()).isZero();
        large.close();
        assertThat(room.running()).isZero();
    }

    @Test
    void enter_largerThanAllRoom_runsAlone() {
        var room = new Turns((count, longest) -> count * longest <= 100, 10);
        Turns.Place huge = room.enter("a", 1000).orElseThrow();
        Turns.Place other = room.enter("b", 1).orElseThrow();
        assertThat(room.running()).isEqualTo(1);
        assertThat(room.waiting()).isEqualTo(1);

        huge.close();
        assertThat(room.running()).isEqualTo(1);
        assertThat(room.waiting()).isZero();
        other.giveUp();
        assertThat(room.running()).isEqualTo(1);
    }
}
