// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static io.intramuros.gateway.quota.Limit.Unit.REQUESTS;
import static io.intramuros.gateway.quota.Limit.Unit.TOKENS;
import static io.intramuros.gateway.quota.Requests.MONTH;
import static io.intramuros.gateway.quota.Requests.TEAM;
import static io.intramuros.gateway.quota.Requests.concurrency;
import static io.intramuros.gateway.quota.Requests.limit;
import static io.intramuros.gateway.quota.Requests.request;
import static io.intramuros.gateway.quota.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shared ledger does while its store is slow, dead, empty, or a gateway dies. */
class RedisOutageTest {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Limit TOKEN_BUDGET = limit(TEAM, TOKENS, 1000, MONTH);
    private static final Limit REQUEST_BUDGET = limit(TEAM, REQUESTS, 1000, MONTH);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicLong known = new AtomicLong();
    private TestRedis redis;
    private FaultProxy proxy;
    private RedisCommands<String, String> inside;

    @BeforeEach
    void start() throws Exception {
        redis = new TestRedis("dir " + folder);
        proxy = new FaultProxy(redis.port());
        RedisClient client = RedisClient.create(redis.uri());
        inside = client.connect().sync();
        opened.add(redis);
        opened.add(proxy);
        opened.add(client::shutdown);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) each.close();
    }

    private RedisLedger gateway(boolean minted) {
        return gateway("epoch-1", minted);
    }

    private RedisLedger gateway(String epoch, boolean minted) {
        RedisLink link = new RedisLink("redis://127.0.0.1:" + proxy.port());
        RedisLedger.Settings settings = new RedisLedger.Settings("o", epoch, minted, LEASE);
        RedisLedger ledger = new RedisLedger(
                link, settings, LedgerContract.MADRID, InstantSource.system(), (limit, from, until) -> known.get());
        opened.add(link);
        opened.add(ledger);
        return ledger;
    }

    private long used(Limit budget) {
        return inside.keys("q:{o}:b:" + budget.name() + ":*").stream()
                .mapToLong(key -> Long.parseLong(inside.get(key)))
                .sum();
    }

    private static boolean serves(RedisLedger ledger, Limit... limits) {
        ReserveRequest probe = request(limits);
        boolean held = ledger.reserve(probe) instanceof Reservation.Held;
        if (held) ledger.settle(probe.id(), Usage.NONE);
        return held;
    }

    @Test
    void reserve_storeDoesNotAnswer_isUnavailableSoonAndLeavesNothingTaken() throws Exception {
        RedisLedger ledger = gateway(true);
        ReserveRequest before = request(10, TOKEN_BUDGET, REQUEST_BUDGET, concurrency(TEAM, 50));
        assertThat(ledger.reserve(before)).isInstanceOf(Reservation.Held.class);
        proxy.stallAnswers();
        long began = System.nanoTime();
        for (int i = 0; i < 10; i++)
            assertThat(ledger.reserve(request(10, TOKEN_BUDGET, REQUEST_BUDGET, concurrency(TEAM, 50))))
                    .isInstanceOf(Reservation.Unavailable.class);
        // five time out, then the breaker refuses at once
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        proxy.resume();
        Eventually.until("the store serves again", () -> serves(ledger));
        Eventually.until("what timed out is given back", () -> used(TOKEN_BUDGET) == 10 && used(REQUEST_BUDGET) == 1);
        assertThat(inside.zcard("q:{o}:c:" + concurrency(TEAM, 50).name())).isEqualTo(1);
    }

    @Test
    void settle_storeDoesNotAnswer_isDoneWhenItIsBack() throws Exception {
        RedisLedger ledger = gateway(true);
        ReserveRequest first = request(100, TOKEN_BUDGET);
        ledger.reserve(first);
        proxy.stallAnswers();
        proxy.cut();
        ledger.settle(first.id(), tokens(30));
        proxy.resume();
        Eventually.until("the settlement arrives", () -> used(TOKEN_BUDGET) == 30);
        ledger.settle(first.id(), tokens(77));
        assertThat(used(TOKEN_BUDGET)).isEqualTo(30);
    }

    @Test
    void reserve_storeDies_isUnavailableAtOnceAndRebuiltWhenItIsBack() throws Exception {
        RedisLedger ledger = gateway(false);
        Eventually.until("the store is built", () -> serves(ledger));
        Limit one = concurrency(TEAM, 1);
        ReserveRequest running = request(one);
        assertThat(ledger.reserve(running)).isInstanceOf(Reservation.Held.class);
        redis.kill();
        Eventually.until("refused", () -> ledger.reserve(request(one)) instanceof Reservation.Unavailable);
        long began = System.nanoTime();
        assertThat(ledger.reserve(request(one))).isInstanceOf(Reservation.Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        redis.startAgain();
        Eventually.until("the store is rebuilt", () -> serves(ledger));
        assertThat(ledger.reserve(request(one))).isInstanceOf(Reservation.Refused.class);
        ledger.settle(running.id(), Usage.NONE);
        assertThat(serves(ledger, one)).isTrue();
    }

    @Test
    void reserve_storeWiped_waitsForEveryGatewayToPutBackWhatItHolds() throws Exception {
        RedisLedger first = gateway(true);
        RedisLedger second = gateway(false);
        Limit two = concurrency(TEAM, 2);
        assertThat(first.reserve(request(two))).isInstanceOf(Reservation.Held.class);
        assertThat(second.reserve(request(two))).isInstanceOf(Reservation.Held.class);
        inside.flushall();
        assertThat(first.reserve(request(two))).isInstanceOf(Reservation.Unavailable.class);
        Eventually.until("the store is rebuilt", () -> serves(first));
        assertThat(first.reserve(request(two))).isInstanceOf(Reservation.Refused.class);
        assertThat(inside.zcard("q:{o}:c:" + two.name())).isEqualTo(2);
    }

    @Test
    void reserve_storeRestartsFromAnOldCopy_countsWhatTheDatabaseKnows() throws Exception {
        RedisLedger ledger = gateway(true);
        ReserveRequest first = request(100, TOKEN_BUDGET);
        ledger.reserve(first);
        ledger.settle(first.id(), tokens(100));
        inside.save();
        ReserveRequest lost = request(300, TOKEN_BUDGET);
        ledger.reserve(lost);
        ledger.settle(lost.id(), tokens(300));
        known.set(400);
        redis.kill();
        redis.startAgain();
        Eventually.until("what was lost is counted", () -> serves(ledger) && used(TOKEN_BUDGET) == 400);
    }

    @Test
    void open_storeOfAnotherEpoch_isEmptiedFirst() throws Exception {
        inside.set("q:{o}:epoch", "older");
        inside.set("q:{o}:b:" + TOKEN_BUDGET.name() + ":2020-01", "5");
        inside.set("q:{other}:epoch", "theirs");
        assertThat(serves(gateway(true))).isTrue();
        assertThat(inside.get("q:{o}:epoch")).isEqualTo("epoch-1");
        assertThat(used(TOKEN_BUDGET)).isZero();
        assertThat(inside.get("q:{other}:epoch")).isEqualTo("theirs");
    }

    @Test
    void open_storeThatGatewaysOfAnotherDatabaseUse_countsWithThem() throws Exception {
        RedisLedger theirs = gateway("epoch-theirs", true);
        assertThat(theirs.reserve(request(10, TOKEN_BUDGET))).isInstanceOf(Reservation.Held.class);
        RedisLedger ours = gateway("epoch-ours", true);
        assertThat(ours.reserve(request(10, TOKEN_BUDGET))).isInstanceOf(Reservation.Held.class);
        assertThat(theirs.reserve(request(10, TOKEN_BUDGET))).isInstanceOf(Reservation.Held.class);
        assertThat(used(TOKEN_BUDGET)).isEqualTo(30);
        assertThat(LedgerContract.admitted(List.of(ours, theirs), 60, limit(TEAM, REQUESTS, 23, MONTH)))
                .isEqualTo(23);
    }

    @Test
    void beat_gatewayLives_holdsLongerThanTheLease() throws Exception {
        RedisLedger ledger = gateway(true);
        ReserveRequest running = request(100, TOKEN_BUDGET, concurrency(TEAM, 1));
        ledger.reserve(running);
        double reserved = inside.zscore("q:{o}:dl", running.id());
        Eventually.until(
                "it was spoken for past its first deadline",
                () -> inside.zscore("q:{o}:dl", running.id()) > reserved + LEASE.toMillis());
        assertThat(used(TOKEN_BUDGET)).isEqualTo(100);
    }

    @Test
    void lapse_gatewayDies_otherOneFreesWhatItHeldAtWhatItHadUsed() throws Exception {
        RedisLedger dying = gateway(true);
        RedisLedger living = gateway(false);
        Limit one = concurrency(TEAM, 1);
        ReserveRequest running = request(100, TOKEN_BUDGET, one);
        assertThat(dying.reserve(running)).isInstanceOf(Reservation.Held.class);
        dying.progress(running.id(), tokens(40));
        Eventually.until("its use is known", () -> "40".equals(inside.hget("q:{o}:h:" + running.id(), "kt")));
        dying.close();
        assertThat(living.reserve(request(one))).isInstanceOf(Reservation.Refused.class);
        Eventually.until("it lapses", () -> used(TOKEN_BUDGET) == 40);
        assertThat(serves(living, one)).isTrue();
        living.settle(running.id(), tokens(55)); // what its audit log says when it is back
        assertThat(used(TOKEN_BUDGET)).isEqualTo(55);
    }

    @Test
    void open_storeAwayAtStart_servesWhenItComes() throws Exception {
        redis.kill();
        RedisLedger ledger = gateway(true);
        assertThat(ledger.reserve(request(TOKEN_BUDGET))).isInstanceOf(Reservation.Unavailable.class);
        redis.startAgain();
        Eventually.until("the store is reached", () -> serves(ledger));
    }
}
