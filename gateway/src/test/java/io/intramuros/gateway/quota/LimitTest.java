// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and scopes as values. */
class LimitTest {
    @Test
    void name_changedAmount_staysTheSame() {
        Limit ten = Requests.limit(Requests.TEAM, Limit.Unit.TOKENS, 10, Requests.MINUTE);
        Limit five = new Limit(Requests.TEAM, Limit.Unit.TOKENS, 7, Requests.MINUTE, null, 5L);
        assertThat(ten.name()).isEqualTo("tokens|PT1M|team:red|").isEqualTo(five.name());
        assertThat(five.capacity()).isEqualTo(5);
    }

    @Test
    void name_scopeWithASeparator_cannotPassForAnother() {
        Limit odd = Requests.limit(Scope.parse("key:a|b"), Limit.Unit.REQUESTS, 1, Requests.DAY);
        assertThat(odd.name()).isEqualTo("requests|day|key:a%7Cb|");
    }

    @Test
    void constructor_whatCannotBeHeld_isRefused() {
        expect("amount: -1", () -> Requests.limit(Scope.ORG, Limit.Unit.REQUESTS, -1, Requests.DAY));
        expect(
                "amount: 1000000001",
                () -> Requests.limit(Scope.ORG, Limit.Unit.TOKENS, 1_000_000_001, Requests.MINUTE));
        expect("per: ", () -> Requests.limit(Scope.ORG, Limit.Unit.CONCURRENCY, 1, Requests.DAY));
        expect("per: ", () -> Requests.limit(Scope.ORG, Limit.Unit.REQUESTS, 1, new Limit.Per.Now()));
        expect("burst: 3", () -> new Limit(Scope.ORG, Limit.Unit.REQUESTS, 2, Requests.MINUTE, null, 3L));
        expect("burst: 1", () -> new Limit(Scope.ORG, Limit.Unit.REQUESTS, 2, Requests.DAY, null, 1L));
        expect("per: PT0.5S", () -> new Limit.Per.Rate(Duration.ofMillis(500)));
        expect("per: PT1H1S", () -> new Limit.Per.Rate(Duration.ofSeconds(3601)));
        expect("usage: -1", () -> new Usage(-1, 0, 0));
        expect("scope id: x", () -> new Scope(Scope.Level.ORG, "x"));
    }

    private static void expect(String start, org.assertj.core.api.ThrowableAssert.ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org", "team:red", "project:red/web", "key:k-1"})
    void parse_writtenForm_isWrittenBackTheSame(String written) {
        assertThat(Scope.parse(written)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org:x", "team", "team:", "Team:x", "user:x"})
    void parse_anythingElse_isRefused(String written) {
        expect("scope: ", () -> Scope.parse(written));
    }

    @Test
    void path_key_isAllFourLevels() {
        assertThat(Scope.path("red", "web", "k1"))
                .isEqualTo(List.of(
                        Scope.ORG, Scope.parse("team:red"), Scope.parse("project:red/web"), Scope.parse("key:k1")));
    }
}
