// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static io.intramuros.gateway.quota.Limit.Unit.COST;
import static io.intramuros.gateway.quota.Limit.Unit.REQUESTS;
import static io.intramuros.gateway.quota.Limit.Unit.TOKENS;
import static io.intramuros.gateway.quota.Requests.DAY;
import static io.intramuros.gateway.quota.Requests.MINUTE;
import static io.intramuros.gateway.quota.Requests.MONTH;
import static io.intramuros.gateway.quota.Requests.TEAM;
import static io.intramuros.gateway.quota.Requests.concurrency;
import static io.intramuros.gateway.quota.Requests.limit;
import static io.intramuros.gateway.quota.Requests.request;
import static io.intramuros.gateway.quota.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger that gateways share, against a real Redis whose clock the test moves. */
class RedisLedgerTest extends LedgerContract {
    private static final AtomicInteger ORGANIZATIONS = new AtomicInteger();
    private static final RedisStore.Scripts ON_TEST_TIME = new RedisStore.Scripts(
            onTestTime("reserve.lua"),
            onTestTime("charge.lua"),
            onTestTime("overdue.lua"),
            Script.resource("raise.lua"));

    private static TestRedis redis;
    private static RedisLink link;

    private final TestClock clock = new TestClock(START);
    private final RedisLedger.Settings settings =
            new RedisLedger.Settings("org" + ORGANIZATIONS.incrementAndGet(), "e1", true, LEASE);
    private final List<RedisLedger> opened = new ArrayList<>();
    private RedisLedger ledger;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        link = new RedisLink(redis.uri());
    }

    @AfterAll
    static void stop() {
        link.close();
        redis.close();
    }

    @BeforeEach
    void open() throws IOException {
        setTime();
        ledger = opened(UsageTotals.NONE);
    }

    @AfterEach
    void close() {
        opened.forEach(RedisLedger::close);
    }

    private RedisLedger opened(UsageTotals totals) {
        RedisLedger one = new RedisLedger(link, settings, MADRID, clock, totals, ON_TEST_TIME);
        opened.add(one);
        return one;
    }

    /** The script as shipped, but for the clock that it reads. */
    private static Script onTestTime(String name) {
        String shipped = Script.resource(name).text();
        String moved = shipped.replace("redis.call('TIME')", "redis.call('HMGET', 'test-time', 's', 'us')");
        assertThat(moved).isNotEqualTo(shipped);
        return Script.of(moved);
    }

    private void setTime() throws IOException {
        Instant now = clock.instant();
        Map<String, String> time =
                Map.of("s", Long.toString(now.getEpochSecond()), "us", Integer.toString(now.getNano() / 1000));
        RedisLink.await(link.commands().hset("test-time", time));
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void advance(Duration by) {
        try {
            clock.advance(by);
            setTime();
            ledger.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void reserve_sixtyInParallelOverTwoGateways_admitsExactlyTwenty() throws Exception {
        List<Ledger> both = List.of(ledger, opened(UsageTotals.NONE));
        assertThat(admitted(both, 60, limit(TEAM, REQUESTS, 20, DAY))).isEqualTo(20);
        assertThat(admitted(both, 60, concurrency(TEAM, 20))).isEqualTo(20);
        assertThat(admitted(both, 60, limit(TEAM, REQUESTS, 20, MINUTE))).isEqualTo(20);
    }

    @Test
    void reserve_windowThatNobodyOpened_beginsWithWhatTheDatabaseKnows() {
        RedisLedger knowing = opened((limit, from, until) -> {
            assertThat(Duration.between(from, until)).isEqualTo(Duration.ofHours(23));
            return limit.unit() == REQUESTS ? 7 : 0;
        });
        Limit day = limit(TEAM, REQUESTS, 10, DAY);
        Reservation first = knowing.reserve(request(5, day, limit(TEAM, TOKENS, 9, DAY)));
        assertThat(first).isInstanceOf(Reservation.Held.class);
        assertThat(remaining(((Reservation.Held) first).standing(), REQUESTS)).isEqualTo(2);
        assertThat(remaining(held(request(day)).standing(), REQUESTS)).isEqualTo(1);
    }

    @Test
    void reserve_databaseCannotAnswer_isUnavailableAndTakesNothing() {
        RedisLedger cut = opened((limit, from, until) -> {
            throw new IllegalStateException("no database");
        });
        Limit day = limit(TEAM, REQUESTS, 1, DAY);
        assertThat(cut.reserve(request(day))).isInstanceOf(Reservation.Unavailable.class);
        held(request(day));
    }

    @Test
    void settle_byAnotherGateway_isDone() {
        Limit day = limit(TEAM, TOKENS, 100, DAY);
        ReserveRequest first = request(100, day);
        held(first);
        opened(UsageTotals.NONE).settle(first.id(), tokens(10));
        assertThat(remaining(held(request(0, day)).standing(), TOKENS)).isEqualTo(90);
    }

    @Test
    void reserve_limitedUntilFarBelowZero_debtOutlivesTheBucketsPeriod() throws IOException {
        Limit rate = limit(TEAM, TOKENS, 10, MINUTE);
        ReserveRequest first = request(10, rate);
        held(first);
        ledger.settle(first.id(), tokens(1000));
        String bucket = "q:{" + settings.organization() + "}:r:" + rate.name();
        assertThat(RedisLink.await(link.commands().pttl(bucket)))
                .isGreaterThan(Duration.ofMinutes(99).toMillis());
        advance(Duration.ofMinutes(98));
        refused(request(1, rate));
    }

    /** One history on both ledgers: every answer is the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void history_ofManyKinds_isTheSameInMemory(long seed) {
        Random random = new Random(seed);
        LocalLedger local = new LocalLedger(MADRID, clock, LEASE);
        List<Limit> limits = List.of(
                limit(Scope.ORG, TOKENS, 5_000, MINUTE),
                new Limit(TEAM, REQUESTS, 30, MINUTE, null, 7L),
                new Limit(TEAM, TOKENS, 2_000, DAY, "big", null),
                limit(TEAM, TOKENS, 9_000, MONTH),
                limit(Scope.parse("key:k1"), COST, 900, DAY),
                concurrency(Scope.parse("project:red/default"), 5));
        List<String> ids = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> reserveBoth(local, random, limits, ids);
                case 2, 3 -> settleBoth(local, random, ids);
                default -> advance(Duration.ofMillis(random.nextInt(random.nextInt(50) == 0 ? 30_000_000 : 3_000)));
            }
        }
        assertThat(ids).hasSizeGreaterThan(10);
    }

    private void reserveBoth(LocalLedger local, Random random, List<Limit> limits, List<String> ids) {
        Usage estimate = new Usage(random.nextInt(300), random.nextInt(300), random.nextInt(60));
        ReserveRequest request =
                request(random.nextBoolean() ? "big" : "small", estimate, limits.toArray(Limit[]::new));
        Reservation expected = local.reserve(request);
        assertThat(ledger.reserve(request)).isEqualTo(expected);
        if (expected instanceof Reservation.Held) ids.add(request.id());
    }

    private void settleBoth(LocalLedger local, Random random, List<String> ids) {
        if (ids.isEmpty()) return;
        String id = ids.get(Math.max(0, ids.size() - 1 - random.nextInt(8)));
        Usage actual = new Usage(random.nextInt(300), random.nextInt(500), random.nextInt(90));
        local.settle(id, actual);
        ledger.settle(id, actual);
    }
}
