// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Limit.Per;
import io.intramuros.gateway.quota.Limit.Unit;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.tenant.KeyRing.Outcome;
import io.intramuros.gateway.tenant.UsageBook.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds on every database. */
abstract class TenantContract {
    private final TestClock clock = new TestClock();
    private Gatehouse house;

    abstract TenantStore open();

    @BeforeEach
    void openHouse() {
        house = Gatehouse.of(open(), clock);
    }

    @AfterEach
    void closeHouse() {
        house.close();
    }

    @Test
    void authenticate_aKeyThatLives_knowsItsPlace() {
        house.directory().addTeam("payments", "Payments");
        ApiKey key = house.keys().create(new NewKey("payments", "default", "ci", List.of("qwen*", "llama"), null));

        assertThat(house.ring().cached(key)).isEmpty();
        assertThat(house.ring().authenticate(key))
                .isEqualTo(new Outcome.Known(
                        new Caller(Caller.Kind.KEY, key.id(), "payments", "default", List.of("qwen*", "llama"))));
        assertThat(house.ring().cached(key)).isPresent();
    }

    @Test
    void authenticate_anotherSecretOfAKnownId_isUnknown() {
        ApiKey key = house.key("a");
        house.ring().authenticate(key);

        assertThat(house.ring().authenticate(ApiKey.generate(key.id()))).isEqualTo(new Outcome.Unknown());
        assertThat(house.ring().authenticate(ApiKey.generate())).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void revoke_aKeyInUse_isDeadAtOnceAndItsWatchersHear() {
        ApiKey key = house.key("a");
        house.ring().authenticate(key);
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        house.ring().onRevoked(key.id(), ended::incrementAndGet);
        house.ring().onRevoked(key.id(), closed::incrementAndGet).close();

        house.keys().revoke(key.id());

        assertThat(house.ring().authenticate(key)).isEqualTo(new Outcome.Revoked());
        assertThat(ended).hasValue(1);
        assertThat(closed).hasValue(0);
        assertThatThrownBy(() -> house.keys().revoke(key.id())).isInstanceOf(MissingException.class);
    }

    @Test
    void change_whoseWitnessThrows_isNotMade() {
        ApiKey key = house.key("a");
        Witness<Object> failing = _ -> {
            throw new IllegalStateException("not recorded");
        };

        assertThatThrownBy(() -> house.keys().revoke(key.id(), failing)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> house.directory().addTeam("b", "b", failing))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> house.quotas().replace(Scope.ORG, List.of(rate(Scope.ORG, 5)), failing))
                .isInstanceOf(IllegalStateException.class);

        assertThat(house.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
        assertThat(house.directory().hasTeam("b")).isFalse();
        assertThat(house.quotas().of(Scope.ORG)).isEmpty();
    }

    @Test
    void rotate_aKey_bothSecretsCountUntilTheOverlapEnds() {
        ApiKey first = house.key("a");
        ApiKey second = house.keys().rotate(first.id(), Witness.NOBODY);

        assertThat(house.ring().authenticate(first)).isInstanceOf(Outcome.Known.class);
        assertThat(house.ring().authenticate(second)).isInstanceOf(Outcome.Known.class);

        clock.move(Keys.OVERLAP);
        house.ring().lookedAt(clock.instant());
        assertThat(house.ring().authenticate(first)).isEqualTo(new Outcome.Unknown());
        assertThat(house.ring().authenticate(second)).isInstanceOf(Outcome.Known.class);
    }

    @Test
    void authenticate_aKeyWhoseTimeIsOver_isExpired() {
        house.directory().addTeam("a", "a");
        ApiKey key = house.keys().create(new NewKey("a", "default", "short", List.of("*"), Duration.ofSeconds(3)));

        assertThat(house.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
        clock.move(Duration.ofSeconds(3));
        assertThat(house.ring().authenticate(key)).isEqualTo(new Outcome.Expired());
    }

    @Test
    void use_ofAKey_isNotedAtMostOnceAMinute() {
        ApiKey key = house.key("a");
        house.ring().authenticate(key);
        house.ring().writeUses();
        Instant first = clock.instant();
        clock.move(Duration.ofSeconds(30));
        house.ring().lookedAt(clock.instant());
        house.ring().authenticate(key);
        house.ring().writeUses();

        assertThat(house.keys().find(key.id()).orElseThrow().usedAt()).isEqualTo(first);
    }

    @Test
    void changes_ofAnotherGateway_areHeardAtTheNextLook() {
        ApiKey key = house.key("a");
        Gatehouse other = Gatehouse.of(house.store(), clock);
        ChangeFeed feed = new ChangeFeed(house.store(), other.ring(), other.quotas(), clock);
        other.ring().authenticate(key);
        assertThat(other.quotas().of(Scope.ORG)).isEmpty();
        AtomicInteger ended = new AtomicInteger();
        other.ring().onRevoked(key.id(), ended::incrementAndGet);

        house.keys().revoke(key.id());
        house.quotas().replace(Scope.ORG, List.of(rate(Scope.ORG, 7)));
        assertThat(other.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
        feed.look();

        assertThat(other.ring().authenticate(key)).isEqualTo(new Outcome.Revoked());
        assertThat(ended).hasValue(1);
        assertThat(other.quotas().of(Scope.ORG)).containsExactly(rate(Scope.ORG, 7));
    }

    @Test
    void authenticate_withoutALookForFiveSeconds_isStaleUntilTheNext() {
        ApiKey key = house.key("a");
        house.ring().authenticate(key);

        clock.move(Duration.ofMillis(4_999));
        assertThat(house.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
        clock.move(Duration.ofMillis(1));
        assertThat(house.ring().authenticate(key)).isEqualTo(new Outcome.Stale());

        new ChangeFeed(house.store(), house.ring(), house.quotas(), clock).look();
        assertThat(house.ring().authenticate(key)).isInstanceOf(Outcome.Known.class);
    }

    @Test
    void authenticate_afterTheClockWasSetBackFar_isStale() {
        ApiKey key = house.key("a");
        house.ring().authenticate(key);

        clock.move(Duration.ofHours(-1));

        assertThat(house.ring().authenticate(key)).isEqualTo(new Outcome.Stale());
    }

    @Test
    void limitsFor_aCaller_areThoseOfItsFourScopesAndTheModel() {
        ApiKey key = house.key("a");
        house.directory().addTeam("b", "b");
        Scope team = new Scope(Scope.Level.TEAM, "a");
        Scope other = new Scope(Scope.Level.TEAM, "b");
        Scope ofKey = new Scope(Scope.Level.KEY, key.id());
        Limit ofModel = new Limit(team, Unit.TOKENS, 9, new Per.Day(), "llama", null);
        Limit ofOtherModel = new Limit(team, Unit.TOKENS, 9, new Per.Day(), "qwen", null);
        Limit streams = new Limit(ofKey, Unit.CONCURRENCY, 3, new Per.Now(), null, null);
        house.quotas().replace(Scope.ORG, List.of(rate(Scope.ORG, 1)));
        house.quotas().replace(team, List.of(ofModel, ofOtherModel));
        house.quotas().replace(ofKey, List.of(streams));
        house.quotas().replace(other, List.of(rate(other, 2)));

        Caller caller = new Caller(Caller.Kind.KEY, key.id(), "a", "default", List.of("*"));

        assertThat(house.quotas().limitsFor(caller, "llama"))
                .containsExactlyInAnyOrder(rate(Scope.ORG, 1), ofModel, streams);
    }

    @Test
    void replace_whatCannotBe_isRefused() {
        Scope nobody = new Scope(Scope.Level.PROJECT, "no/body");
        List<Limit> twice = List.of(rate(Scope.ORG, 1), rate(Scope.ORG, 2));

        assertThatThrownBy(() -> house.quotas().replace(nobody, List.of())).isInstanceOf(MissingException.class);
        assertThatThrownBy(() -> house.quotas().replace(Scope.ORG, twice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void usage_addedByTwoGatewaysAtOnce_isSummed() throws InterruptedException {
        try (UsageBook one = new UsageBook(house.store());
                UsageBook two = new UsageBook(house.store())) {
            Caller caller = new Caller(Caller.Kind.KEY, "k", "a", "p", List.of("*"));
            UsageBook.Place place = UsageBook.Place.at(clock.instant(), caller, "llama");
            List<Thread> writers = new ArrayList<>();
            for (UsageBook book : List.of(one, two)) writers.add(Thread.startVirtualThread(() -> use(book, place)));
            for (Thread writer : writers) writer.join();

            Instant hour = Instant.parse("2031-05-14T10:00:00Z");
            assertThat(two.report(hour, hour.plusSeconds(1), List.of(Group.MODEL, Group.TEAM)))
                    .containsExactly(
                            new UsageBook.Line(List.of("llama", "a"), new UsageBook.Sum(100, 0, 1000, 500, 300)));
            assertThat(two.report(hour.plusSeconds(1), hour.plusSeconds(3600), List.of(Group.TEAM)))
                    .isEmpty();
            assertThat(one.used(month(new Scope(Scope.Level.PROJECT, "a/p"), Unit.TOKENS), hour, hour.plusSeconds(1)))
                    .isEqualTo(1500);
            assertThat(one.used(month(new Scope(Scope.Level.TEAM, "b"), Unit.COST), hour, hour.plusSeconds(1)))
                    .isZero();
        }
    }

    private static void use(UsageBook book, UsageBook.Place place) {
        for (int i = 0; i < 50; i++) {
            book.add(place, new UsageBook.Sum(1, 0, 10, 5, 3));
            book.report(Instant.EPOCH, Instant.EPOCH, List.of(Group.TEAM)); // it writes what waits
        }
    }

    @Test
    void firstKey_onAFreshInstallation_isMadeOnce() {
        ApiKey first =
                FirstKey.of(house.directory(), house.keys(), Witness.NOBODY).orElseThrow();

        assertThat(house.ring().authenticate(first)).isInstanceOf(Outcome.Known.class);
        assertThat(house.keys().list())
                .singleElement()
                .extracting(KeyInfo::name)
                .isEqualTo("first");
        assertThat(FirstKey.of(house.directory(), house.keys(), Witness.NOBODY)).isEmpty();
    }

    @Test
    void epoch_ofTheLedger_isMintedOnce() {
        LedgerEpoch first = LedgerEpoch.of(house.store());

        assertThat(first.minted()).isTrue();
        assertThat(LedgerEpoch.of(house.store())).isEqualTo(new LedgerEpoch(first.id(), false));
    }

    private static Limit rate(Scope scope, long amount) {
        return new Limit(scope, Unit.REQUESTS, amount, new Per.Rate(Duration.ofMinutes(1)), null, null);
    }

    private static Limit month(Scope scope, Unit unit) {
        return new Limit(scope, unit, 1, new Per.Month(), "llama", null);
    }
}
