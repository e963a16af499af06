// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
    private final Turns turns = new Turns(1, 2);

    private static Optional<Turns.Place> enter(Turns turns, String tenant, int tokens) {
        return turns.enter(new Turns.Wish(tenant, tokens, false));
    }

    private static Optional<Turns.Place> background(Turns turns, String tenant) {
        return turns.enter(new Turns.Wish(tenant, 1, true));
    }

    @Test
    void enter_beyondTheQueue_isRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(enter(turns, "", 1)).isPresent();
        }

        assertThat(enter(turns, "", 1)).isEmpty();
        assertThat(turns.running()).isEqualTo(1);
        assertThat(turns.waiting()).isEqualTo(2);
    }

    @Test
    void close_passesTheTurnOnInOrderOfArrival() throws Exception {
        Turns.Place first = enter(turns, "", 1).orElseThrow();
        Turns.Place second = enter(turns, "", 1).orElseThrow();
        Turns.Place third = enter(turns, "", 1).orElseThrow();
        var thirdsTurn = new CompletableFuture<Boolean>();
        Thread.ofPlatform().start(() -> {
            try {
                thirdsTurn.complete(third.await() == Turns.Turn.COME);
            } catch (InterruptedException e) {
                thirdsTurn.completeExceptionally(e);
            }
        });

        first.close();
        assertThat(second.await()).isEqualTo(Turns.Turn.COME);
        assertThat(thirdsTurn).isNotDone();
        second.close();
        assertThat(thirdsTurn.get(5, TimeUnit.SECONDS)).isTrue();
        third.close();
        third.close();
        assertThat(turns.running()).isZero();
    }

    @Test
    void giveUp_whileWaiting_freesThePlace() throws Exception {
        assertThat(enter(turns, "", 1)).isPresent();
        Turns.Place second = enter(turns, "", 1).orElseThrow();

        second.giveUp();

        assertThat(second.await()).isEqualTo(Turns.Turn.GIVEN_UP);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void giveUp_whileRunning_keepsTheTurn() throws Exception {
        Turns.Place first = enter(turns, "", 1).orElseThrow();

        first.giveUp();

        assertThat(first.await()).isEqualTo(Turns.Turn.COME);
        assertThat(turns.running()).isEqualTo(1);
    }

    @Test
    void close_severalTenants_servesTheOneWithTheFewestTokens() throws Exception {
        Turns.Place running = enter(turns, "a", 100).orElseThrow();
        Turns.Place greedy = enter(turns, "a", 100).orElseThrow();
        Turns.Place modest = enter(turns, "b", 10).orElseThrow();

        running.close();

        assertThat(modest.await()).isEqualTo(Turns.Turn.COME);
        assertThat(turns.waiting()).isEqualTo(1);
        modest.close();
        assertThat(greedy.await()).isEqualTo(Turns.Turn.COME);
    }

    @Test
    void enter_roomForTheLongest_letsInAsManyAsFit() {
        var room = new Turns((count, longest) -> count * longest <= 100, 10);
        Turns.Place small = enter(room, "a", 30).orElseThrow();
        Turns.Place other = enter(room, "b", 30).orElseThrow();
        Turns.Place third = enter(room, "b", 33).orElseThrow();
        assertThat(room.running()).isEqualTo(3);
        Turns.Place large = enter(room, "a", 60).orElseThrow();
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
        Turns.Place huge = enter(room, "a", 1000).orElseThrow();
        Turns.Place other = enter(room, "b", 1).orElseThrow();
        assertThat(room.running()).isEqualTo(1);
        assertThat(room.waiting()).isEqualTo(1);

        huge.close();
        assertThat(room.running()).isEqualTo(1);
        assertThat(room.waiting()).isZero();
        other.giveUp();
        assertThat(room.running()).isEqualTo(1);
    }

    @Test
    void enter_fullByOneTenant_lastOfItMakesRoomForAnother() throws Exception {
        Turns.Place running = enter(turns, "a", 1).orElseThrow();
        Turns.Place first = enter(turns, "a", 1).orElseThrow();
        Turns.Place last = enter(turns, "a", 1).orElseThrow();

        Turns.Place other = enter(turns, "b", 1).orElseThrow();

        assertThat(last.await()).isEqualTo(Turns.Turn.DISPLACED);
        assertThat(turns.waiting()).isEqualTo(2);
        assertThat(enter(turns, "b", 1))
                .as("no better claim than those who wait")
                .isEmpty();
        running.close();
        other.close();
        first.close();
        last.close();
        assertThat(turns.running()).isZero();
    }

    @Test
    void enter_fullOfBackground_lastOfItMakesRoom() throws Exception {
        Turns.Place running = background(turns, "a").orElseThrow();
        Turns.Place first = background(turns, "a").orElseThrow();
        Turns.Place last = background(turns, "b").orElseThrow();

        Turns.Place pressing = enter(turns, "a", 1).orElseThrow();

        assertThat(last.await()).isEqualTo(Turns.Turn.DISPLACED);
        assertThat(background(turns, "c"))
                .as("the background displaces nobody that has as few")
                .isEmpty();
        running.close();
        assertThat(pressing.await()).isEqualTo(Turns.Turn.COME);
        pressing.close();
        assertThat(first.await()).isEqualTo(Turns.Turn.COME);
    }

    @Test
    void close_backgroundWaits_comesAfterEightOthersAndNotLater() {
        var long40 = new Turns(1, 40);
        Turns.Place running = enter(long40, "a", 1).orElseThrow();
        Turns.Place patient = background(long40, "a").orElseThrow();
        List<Turns.Place> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            others.add(enter(long40, "a", 1).orElseThrow());
        }
        int before = 0;
        running.close();
        while (long40.waiting() > 0 && !patient.isRunning()) {
            others.get(before++).close();
        }
        assertThat(before).isEqualTo(Turns.BEFORE_BACKGROUND);
    }

    @Test
    void patience_isOfTheTurnsOfLate() {
        var now = new AtomicLong();
        var clocked = new Turns((count, _) -> count <= 2, 10, now::get);
        assertThat(clocked.patience()).isEqualTo(Duration.ofSeconds(1));
        Turns.Place first = enter(clocked, "a", 1).orElseThrow();
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        first.close();
        for (int i = 0; i < 5; i++) {
            assertThat(enter(clocked, "a", 1)).isPresent();
        }

        // Two run, three wait: a fourth waits for two rounds of ten seconds.
        assertThat(clocked.patience()).isEqualTo(Duration.ofSeconds(20));
    }
}
