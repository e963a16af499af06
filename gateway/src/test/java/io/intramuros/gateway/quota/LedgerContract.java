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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every ledger keeps, wherever it keeps it. */
abstract class LedgerContract {
    /** Clocks go forward on 2031-03-30 in Madrid, at 02:00: that day has 23 hours. */
    static final Instant START = Instant.parse("2031-03-29T23:30:00Z");

    static final OrganizationCalendar MADRID = new OrganizationCalendar(ZoneId.of("Europe/Madrid"));
    static final Duration LEASE = Duration.ofSeconds(30);

    /** The ledger under test, at {@link #START}, with nothing used. */
    abstract Ledger ledger();

    /** Moves the time that the ledger sees, and lets lapse what lapses. */
    abstract void advance(Duration by);

    @Test
    void reserve_sixtyInParallelAgainstTwentyADay_admitsExactlyTwenty() throws Exception {
        Limit day = limit(TEAM, REQUESTS, 20, DAY);
        assertThat(admitted(List.of(ledger()), 60, day)).isEqualTo(20);
    }

    /** How many of so many reservations at once are held, spread over ledgers. */
    static int admitted(List<Ledger> ledgers, int requests, Limit... limits) throws Exception {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        Callable<Void> attempt = () -> {
            Ledger ledger = ledgers.get(turn.getAndIncrement() % ledgers.size());
            switch (ledger.reserve(request(limits))) {
                case Reservation.Held _ -> held.incrementAndGet();
                case Reservation.Refused _ -> assertThat(held.get()).isGreaterThanOrEqualTo(0);
                case Reservation.NeverFits(Limit limit) -> throw new AssertionError(limit);
                case Reservation.Unavailable(String reason) -> throw new AssertionError(reason);
            }
            return null;
        };
        List<Callable<Void>> attempts = new ArrayList<>();
        for (int i = 0; i < requests; i++) attempts.add(attempt);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(attempts)) each.get();
        }
        return held.get();
    }

    /** Many threads reserve and settle at random: nothing is overdrawn, and in the end the sums are what was settled. */
    @Test
    void settle_byManyAtOnce_sumsStayExact() throws Exception {
        Limit day = limit(TEAM, TOKENS, 20_000, DAY);
        Limit places = concurrency(Scope.ORG, 7);
        AtomicLong settled = new AtomicLong();
        AtomicInteger inFlight = new AtomicInteger();
        List<Callable<Void>> workers = new ArrayList<>();
        for (int seed = 0; seed < 16; seed++) workers.add(worker(new Random(seed), settled, inFlight, day, places));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(workers)) each.get();
        }
        assertThat(settled.get()).isPositive().isLessThanOrEqualTo(20_000);
        Standing standing = held(request(0, day, places)).standing();
        assertThat(standing.lines()).extracting(Standing.Line::remaining).containsExactly(20_000 - settled.get(), 6L);
    }

    private Callable<Void> worker(Random random, AtomicLong settled, AtomicInteger inFlight, Limit day, Limit places) {
        return () -> {
            for (int i = 0; i < 60; i++) {
                long estimate = random.nextInt(200);
                ReserveRequest request = request(estimate, day, places);
                if (!(ledger().reserve(request) instanceof Reservation.Held)) continue;
                assertThat(inFlight.incrementAndGet()).isLessThanOrEqualTo(7);
                long actual = random.nextLong(estimate + 1);
                settled.addAndGet(actual);
                inFlight.decrementAndGet();
                ledger().settle(request.id(), tokens(actual));
            }
            return null;
        };
    }

    @Test
    void reserve_oneLevelUsedUp_takesNothingAtTheOthers() {
        Limit wide = limit(Scope.ORG, REQUESTS, 10, DAY);
        Limit narrow = limit(Scope.parse("key:k1"), REQUESTS, 1, DAY);
        held(request(wide, narrow));
        Reservation.Refused refused = refused(request(wide, narrow));
        assertThat(refused.limit()).isEqualTo(narrow);
        assertThat(refused.kind()).isEqualTo(Reservation.Kind.BUDGET);
        assertThat(remaining(held(request(wide)).standing(), REQUESTS)).isEqualTo(8);
    }

    @Test
    void reserve_limitOfAnotherScopeOrModel_isNotCounted() {
        Limit other = limit(Scope.parse("team:blue"), REQUESTS, 1, DAY);
        Limit model = new Limit(TEAM, REQUESTS, 1, DAY, "big", null);
        assertThat(held(request(other, model)).standing().lines()).isEmpty();
        held(request("big", Usage.NONE, model));
        held(request("small", Usage.NONE, model));
        assertThat(refused(request("big", Usage.NONE, model)).limit()).isEqualTo(model);
    }

    @Test
    void reserve_rateUsedUp_comesBackEvenly() {
        Limit rate = limit(TEAM, TOKENS, 60, MINUTE);
        held(request(50, rate));
        Reservation.Refused refused = refused(request(20, rate));
        assertThat(refused.kind()).isEqualTo(Reservation.Kind.RATE);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        advance(Duration.ofMillis(9_999));
        assertThat(refused(request(20, rate)).retryAfterSeconds()).isEqualTo(1);
        advance(Duration.ofMillis(1));
        assertThat(remaining(held(request(20, rate)).standing(), TOKENS)).isZero();
    }

    @Test
    void reserve_rateWithBurst_holdsNoMoreThanTheBurst() {
        Limit rate = new Limit(TEAM, REQUESTS, 60, MINUTE, null, 2L);
        held(request(rate));
        assertThat(held(request(rate)).standing().headers())
                .containsEntry("x-ratelimit-limit-requests", "2")
                .containsEntry("x-ratelimit-reset-requests", "2s");
        assertThat(refused(request(rate)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        advance(Duration.ofHours(1));
        held(request(rate));
        held(request(rate));
        refused(request(rate));
    }

    @Test
    void reserve_largerThanAWholeLimit_neverFits() {
        Limit rate = limit(TEAM, TOKENS, 60, MINUTE);
        Limit budget = limit(TEAM, TOKENS, 60, DAY);
        assertThat(ledger().reserve(request(61, rate))).isEqualTo(new Reservation.NeverFits(rate));
        assertThat(ledger().reserve(request(61, budget))).isEqualTo(new Reservation.NeverFits(budget));
        held(request(60, rate, budget));
    }

    @Test
    void reserve_limitOfNothing_isRefusedUntilTheWindowEnds() {
        Reservation.Refused refused = refused(request(limit(TEAM, REQUESTS, 0, DAY)));
        assertThat(refused.kind()).isEqualTo(Reservation.Kind.BUDGET);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(22 * 60 + 30));
        assertThat(refused(request(concurrency(TEAM, 0))).retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void reserve_sameIdTwice_isTheCallersMistake() {
        ReserveRequest request = request(limit(TEAM, REQUESTS, 5, DAY));
        held(request);
        assertThatThrownBy(() -> ledger().reserve(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: not held already)");
    }

    @Test
    void reserve_severalLimitsUsedUp_namesTheOneThatTakesLongest() {
        Limit rate = limit(TEAM, REQUESTS, 1, MINUTE);
        Limit day = limit(Scope.ORG, REQUESTS, 1, DAY);
        held(request(rate, day));
        assertThat(refused(request(rate, day)).limit()).isEqualTo(day);
        assertThat(refused(request(day, rate)).limit()).isEqualTo(day);
    }

    @Test
    void reserve_changedAmount_actsAtOnceAndKeepsTheUse() {
        held(request(limit(TEAM, REQUESTS, 1, DAY)));
        assertThat(remaining(held(request(limit(TEAM, REQUESTS, 3, DAY))).standing(), REQUESTS))
                .isEqualTo(1);
        refused(request(limit(TEAM, REQUESTS, 2, DAY)));
    }

    @Test
    void reserve_sameLimitTwice_smallerOneHolds() {
        Limit small = limit(TEAM, REQUESTS, 1, DAY);
        held(request(limit(TEAM, REQUESTS, 9, DAY), small));
        assertThat(refused(request(small, limit(TEAM, REQUESTS, 9, DAY))).limit())
                .isEqualTo(small);
    }

    @Test
    void reserve_dayOfTwentyThreeHours_beginsAgainAtMidnightOfTheZone() {
        Limit day = limit(TEAM, REQUESTS, 1, DAY);
        assertThat(held(request(day)).standing().headers()).containsEntry("x-ratelimit-reset-requests", "22h30m0s");
        assertThat(refused(request(day)).retryAfter()).isEqualTo(Duration.ofMinutes(22 * 60 + 30));
        advance(Duration.ofMinutes(22 * 60 + 30).minusMillis(1));
        refused(request(day));
        advance(Duration.ofMillis(1));
        assertThat(held(request(day)).standing().headers()).containsEntry("x-ratelimit-reset-requests", "24h0m0s");
    }

    @Test
    void reserve_month_beginsAgainOnTheFirst() {
        Limit month = limit(TEAM, COST, 100, MONTH);
        ReserveRequest first = request("m", new Usage(0, 0, 100), month);
        held(first);
        ledger().settle(first.id(), first.estimate());
        advance(Duration.ofHours(46).plusMinutes(29)); // 31 March, 23:59 in Madrid
        assertThat(refused(request("m", new Usage(0, 0, 1), month)).retryAfterSeconds())
                .isEqualTo(60);
        advance(Duration.ofMinutes(1));
        held(request("m", new Usage(0, 0, 100), month));
    }

    @Test
    void settle_lessThanReserved_givesTheRestBack() {
        Limit day = limit(TEAM, TOKENS, 100, DAY);
        Limit rate = limit(TEAM, TOKENS, 100, MINUTE);
        ReserveRequest first = request(100, day, rate);
        held(first);
        ledger().settle(first.id(), tokens(30));
        Standing standing = held(request(70, day, rate)).standing();
        assertThat(standing.lines()).extracting(Standing.Line::remaining).containsExactly(0L, 0L);
    }

    @Test
    void settle_moreThanReserved_isDebtThatIsPaidInFull() {
        Limit day = limit(TEAM, TOKENS, 100, DAY);
        Limit rate = limit(TEAM, TOKENS, 60, MINUTE);
        ReserveRequest first = request(10, day, rate);
        held(first);
        ledger().settle(first.id(), tokens(90));
        assertThat(refused(request(11, day)).kind()).isEqualTo(Reservation.Kind.BUDGET);
        assertThat(refused(request(1, rate)).retryAfter()).isEqualTo(Duration.ofSeconds(31));
        assertThat(remaining(refused(request(1, rate)).standing(), TOKENS)).isZero();
        advance(Duration.ofSeconds(31));
        held(request(1, rate));
    }

    @Test
    void settle_twice_changesNothing() {
        Limit day = limit(TEAM, TOKENS, 100, DAY);
        ReserveRequest first = request(50, day);
        held(first);
        ledger().settle(first.id(), tokens(20));
        ledger().settle(first.id(), tokens(90));
        ledger().settle(first.id(), Usage.NONE);
        assertThat(remaining(held(request(0, day)).standing(), TOKENS)).isEqualTo(80);
    }

    @Test
    void settle_nothingUsed_requestStaysCounted() {
        Limit requests = limit(TEAM, REQUESTS, 1, DAY);
        Limit tokens = limit(TEAM, TOKENS, 100, DAY);
        ReserveRequest first = request(100, requests, tokens);
        held(first);
        ledger().settle(first.id(), Usage.NONE);
        assertThat(remaining(held(request(0, tokens)).standing(), TOKENS)).isEqualTo(100);
        assertThat(refused(request(0, requests)).limit()).isEqualTo(requests);
    }

    @Test
    void settle_afterMidnight_countsInTheDayOfItsReserve() {
        Limit day = limit(TEAM, TOKENS, 100, DAY);
        ReserveRequest first = request(100, day);
        held(first);
        ledger().progress(first.id(), Usage.NONE);
        advance(Duration.ofHours(23));
        ledger().settle(first.id(), tokens(40));
        assertThat(remaining(held(request(0, day)).standing(), TOKENS)).isEqualTo(100);
    }

    @Test
    void settle_unknownId_isIgnored() {
        ledger().settle("never-seen", tokens(5));
        ledger().progress("never-seen", tokens(5));
        held(request(limit(TEAM, REQUESTS, 1, DAY)));
    }

    @Test
    void settle_concurrent_freesItsPlace() {
        Limit two = concurrency(TEAM, 2);
        ReserveRequest first = request(two);
        held(first);
        held(request(two));
        Reservation.Refused refused = refused(request(two));
        assertThat(refused.kind()).isEqualTo(Reservation.Kind.CONCURRENCY);
        assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        ledger().settle(first.id(), Usage.NONE);
        held(request(two));
        refused(request(two));
    }

    @Test
    void lapse_neverSettled_freesItsPlaceAndIsChargedWhatWasKnown() {
        Limit one = concurrency(TEAM, 1);
        Limit day = limit(TEAM, TOKENS, 100, MONTH);
        held(request(80, one, day));
        advance(LEASE.minusMillis(1));
        refused(request(0, one));
        advance(Duration.ofMillis(1));
        assertThat(remaining(held(request(100, one, day)).standing(), TOKENS)).isZero();
    }

    @Test
    void lapse_settledLate_isChargedWhatItUsed() {
        Limit month = limit(TEAM, TOKENS, 100, MONTH);
        ReserveRequest first = request(80, month);
        held(first);
        advance(LEASE);
        held(request(0, month));
        ledger().settle(first.id(), tokens(30));
        ledger().settle(first.id(), tokens(99));
        assertThat(remaining(held(request(0, month)).standing(), TOKENS)).isEqualTo(70);
    }

    @Test
    void reserve_cost_isHeldToItsBudget() {
        Limit month = limit(Scope.ORG, COST, 1_000_000, MONTH);
        ReserveRequest first = request("m", new Usage(10, 10, 900_000), month);
        held(first);
        refused(request("m", new Usage(1, 1, 100_001), month));
        ledger().settle(first.id(), new Usage(10, 2, 250_000));
        held(request("m", new Usage(1, 1, 750_000), month));
    }

    final Reservation.Held held(ReserveRequest request) {
        Reservation reservation = ledger().reserve(request);
        assertThat(reservation).isInstanceOf(Reservation.Held.class);
        return (Reservation.Held) reservation;
    }

    final Reservation.Refused refused(ReserveRequest request) {
        Reservation reservation = ledger().reserve(request);
        assertThat(reservation).isInstanceOf(Reservation.Refused.class);
        return (Reservation.Refused) reservation;
    }

    static long remaining(Standing standing, Limit.Unit unit) {
        return standing.lines().stream()
                .filter(line -> line.limit().unit() == unit)
                .mapToLong(Standing.Line::remaining)
                .min()
                .orElseThrow();
    }
}
