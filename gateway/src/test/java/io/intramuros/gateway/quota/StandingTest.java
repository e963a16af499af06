// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers of quotas. */
class StandingTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.001S, 1s",
        "PT1S, 1s",
        "PT59.2S, 1m0s",
        "PT6M, 6m0s",
        "PT6M3.5S, 6m4s",
        "PT1H, 1h0m0s",
        "PT25H1S, 25h0m1s"
    })
    void written_duration_isWholeSecondsRoundedUp(Duration duration, String written) {
        assertThat(Standing.written(duration)).isEqualTo(written);
    }

    @Test
    void headers_severalLevels_showTheTightest() {
        Standing standing = new Standing(List.of(
                line(Scope.ORG, Limit.Unit.REQUESTS, 100, 40, 30),
                line(Requests.TEAM, Limit.Unit.REQUESTS, 50, 9, 20),
                line(Requests.TEAM, Limit.Unit.TOKENS, 1000, 900, 400),
                line(Requests.TEAM, Limit.Unit.COST, 10, 1, 1)));
        assertThat(standing.headers())
                .isEqualTo(Map.of(
                        "x-ratelimit-limit-requests", "50",
                        "x-ratelimit-remaining-requests", "9",
                        "x-ratelimit-reset-requests", "20s",
                        "x-ratelimit-limit-tokens", "1000",
                        "x-ratelimit-remaining-tokens", "900",
                        "x-ratelimit-reset-tokens", "6m40s"));
    }

    @Test
    void tightest_equallyLittleLeft_takesTheOneThatResetsLast() {
        Standing.Line soon = line(Scope.ORG, Limit.Unit.REQUESTS, 9, 3, 5);
        Standing.Line late = line(Requests.TEAM, Limit.Unit.REQUESTS, 9, 3, 50);
        assertThat(new Standing(List.of(soon, late)).tightest(Limit.Unit.REQUESTS))
                .contains(late);
    }

    @Test
    void used_line_isItsShare() {
        assertThat(line(Scope.ORG, Limit.Unit.REQUESTS, 10, 2, 1).used()).isEqualTo(0.8);
        assertThat(line(Scope.ORG, Limit.Unit.REQUESTS, 0, 0, 1).used()).isEqualTo(1);
    }

    @Test
    void retryAfterSeconds_refused_isRoundedUpAndAtLeastOne() {
        assertThat(refused(Duration.ZERO)).isEqualTo(1);
        assertThat(refused(Duration.ofMillis(1001))).isEqualTo(2);
        assertThat(refused(Duration.ofSeconds(7))).isEqualTo(7);
    }

    private static long refused(Duration wait) {
        Limit limit = Requests.limit(Scope.ORG, Limit.Unit.REQUESTS, 1, Requests.DAY);
        return new Reservation.Refused(limit, Reservation.Kind.BUDGET, wait, new Standing(List.of()))
                .retryAfterSeconds();
    }

    private static Standing.Line line(Scope scope, Limit.Unit unit, long amount, long left, long seconds) {
        return new Standing.Line(
                Requests.limit(scope, unit, amount, Requests.MINUTE), left, Duration.ofSeconds(seconds));
    }
}
