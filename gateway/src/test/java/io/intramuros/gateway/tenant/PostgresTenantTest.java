// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.tenant.KeyRing.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresTenantTest extends TenantContract {
    private static final Set<Thread.State> AT_REST =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final String url = Postgres.freshUrl();

    @Override
    TenantStore open() {
        return Postgres.open(url);
    }

    @Test
    void revoke_onOneGateway_isHeardByAnotherWithinASecond() throws InterruptedException {
        try (Gatehouse here = Gatehouse.of(open(), Clock.systemUTC());
                Gatehouse there = Gatehouse.of(open(), Clock.systemUTC());
                ChangeFeed _ = ChangeFeed.start(there.store(), there.ring(), there.quotas(), Clock.systemUTC())) {
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ApiKey key = here.key("a");
                assertThat(there.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
                CountDownLatch ended = new CountDownLatch(1);
                there.ring().onRevoked(key.id(), ended::countDown);

                here.keys().revoke(key.id());
                long start = System.nanoTime();

                assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
                millis.add((System.nanoTime() - start) / 1_000_000);
                assertThat(there.ring().authenticate(key)).isEqualTo(new Outcome.Revoked());
            }
            assertThat(millis).allMatch(taken -> taken <= 1_000);
        }
    }

    @Test
    void authenticate_whileTheDatabaseHangs_isStaleAfterFiveSecondsAndNeverWaitsLong() throws SQLException {
        TestClock clock = new TestClock();
        try (Gatehouse house = Gatehouse.of(open(), clock)) {
            ApiKey known = house.key("a");
            ApiKey unknown = house.key("a");
            ChangeFeed feed = new ChangeFeed(house.store(), house.ring(), house.quotas(), clock);
            house.ring().authenticate(known);
            try (Connection _ = Postgres.holding(url, "change_epoch, api_key")) {
                clock.move(Duration.ofSeconds(4));
                feed.look();
                assertThat(house.ring().authenticate(known)).isInstanceOf(Outcome.Known.class);
                long start = System.nanoTime();
                assertThat(house.ring().authenticate(unknown)).isEqualTo(new Outcome.Stale());
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
                clock.move(Duration.ofSeconds(1));
                assertThat(house.ring().authenticate(known)).isEqualTo(new Outcome.Stale());
            }
            feed.look();
            assertThat(house.ring().authenticate(known)).isInstanceOf(Outcome.Known.class);
        }
    }

    @Test
    void look_afterTheDatabaseWasRestored_readsEverythingAnew() {
        TestClock clock = new TestClock();
        try (Gatehouse house = Gatehouse.of(open(), clock)) {
            ApiKey key = house.key("a");
            house.keys().rotate(key.id(), Witness.NOBODY);
            ChangeFeed feed = new ChangeFeed(house.store(), house.ring(), house.quotas(), clock);
            house.ring().authenticate(key);

            house.store().jdbc().sql("update change_epoch set n = 0").update();
            house.store()
                    .jdbc()
                    .sql("update api_key set revoked_at = current_timestamp where id = ?")
                    .param(key.id())
                    .update();
            feed.look();

            assertThat(house.ring().authenticate(key)).isEqualTo(new Outcome.Revoked());
        }
    }

    @Test
    void authenticate_ofManyAtOnceForOneKey_asksTheDatabaseOnce() throws SQLException, InterruptedException {
        try (Gatehouse house = Gatehouse.of(open(), new TestClock())) {
            ApiKey key = house.key("a");
            List<Thread> callers = new ArrayList<>();
            try (Connection lock = Postgres.holding(url, "api_key")) {
                for (int i = 0; i < 50; i++)
                    callers.add(Thread.startVirtualThread(() -> house.ring().authenticate(key)));
                while (!callers.stream().allMatch(caller -> AT_REST.contains(caller.getState()))) Thread.onSpinWait();

                assertThat(Postgres.waiting(lock)).isLessThanOrEqualTo(1);
            }
            for (Thread caller : callers) caller.join();
        }
    }
}
