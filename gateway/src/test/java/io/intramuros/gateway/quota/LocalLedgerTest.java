// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static io.intramuros.gateway.quota.Limit.Unit.COST;
import static io.intramuros.gateway.quota.Limit.Unit.REQUESTS;
import static io.intramuros.gateway.quota.Limit.Unit.TOKENS;
import static io.intramuros.gateway.quota.Requests.DAY;
import static io.intramuros.gateway.quota.Requests.MONTH;
import static io.intramuros.gateway.quota.Requests.TEAM;
import static io.intramuros.gateway.quota.Requests.concurrency;
import static io.intramuros.gateway.quota.Requests.limit;
import static io.intramuros.gateway.quota.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger in memory, and what it alone does. */
class LocalLedgerTest extends LedgerContract {
    private final TestClock clock = new TestClock(START);
    private final LocalLedger ledger = new LocalLedger(MADRID, clock, LEASE);

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void advance(Duration by) {
        clock.advance(by);
    }

    @Test
    void record_useOfTheOpenWindows_isNotForgottenByARestart() {
        List<Scope> scopes = Scope.path("red", "default", "k1");
        ledger.record(START.minus(Duration.ofHours(2)), scopes, "m", 4, new Usage(30, 10, 700)); // the day before
        ledger.record(START.minus(Duration.ofMinutes(10)), scopes, "m", 1, new Usage(2, 3, 11));
        Standing standing = held(request(
                        limit(TEAM, REQUESTS, 10, DAY),
                        limit(TEAM, REQUESTS, 10, MONTH),
                        limit(Scope.ORG, TOKENS, 100, DAY),
                        limit(Scope.ORG, TOKENS, 100, MONTH),
                        limit(Scope.parse("project:red/default"), COST, 1000, DAY),
                        limit(Scope.parse("key:k1"), COST, 1000, MONTH)))
                .standing();
        assertThat(standing.lines()).extracting(Standing.Line::remaining).containsExactly(8L, 4L, 95L, 55L, 989L, 289L);
    }

    @Test
    void record_useOfAClosedMonth_isIgnored() {
        ledger.record(START.minus(Duration.ofDays(40)), Scope.path("red", "p", "k1"), "m", 9, Usage.NONE);
        assertThat(remaining(held(request(limit(TEAM, REQUESTS, 10, MONTH))).standing(), REQUESTS))
                .isEqualTo(9);
    }

    @Test
    void reserve_limitSetInTheMiddleOfTheDay_knowsWhatWasUsedBefore() {
        held(request());
        held(request());
        Limit model = new Limit(TEAM, REQUESTS, 3, DAY, "m", null);
        assertThat(remaining(held(request(model)).standing(), REQUESTS)).isZero();
        refused(request(model));
    }

    @Test
    void progress_withinTheLease_keepsItAliveAndIsChargedWhenItLapses() {
        Limit one = concurrency(TEAM, 1);
        Limit month = limit(TEAM, TOKENS, 100, MONTH);
        ReserveRequest first = request(80, one, month);
        held(first);
        advance(Duration.ofSeconds(20));
        ledger.progress(first.id(), new Usage(5, 6, 0));
        advance(Duration.ofSeconds(20));
        refused(request(0, one));
        advance(Duration.ofSeconds(10));
        assertThat(remaining(held(request(0, one, month)).standing(), TOKENS)).isEqualTo(89);
    }

    @Test
    void reserve_dayOfTwentyFiveHours_lastsThatLong() {
        OrganizationCalendar.Window day = MADRID.window(DAY, java.time.Instant.parse("2031-10-26T10:00:00Z"))
                .orElseThrow();
        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(25));
        assertThat(day.key()).isEqualTo("2031-10-26");
    }
}
