// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairSharesTest {
    private final FairShares shares = new FairShares();

    @Test
    void served_tenantsThatAlwaysWait_getEqualTokensWhateverTheirSizes() {
        var random = new Random(3);
        Map<String, Integer> got = new HashMap<>();
        shares.join("small");
        shares.join("large");
        for (int i = 0; i < 3000; i++) {
            String next = shares.served("small") <= shares.served("large") ? "small" : "large";
            int tokens = next.equals("small") ? 1 + random.nextInt(9) : 400 + random.nextInt(100);
            shares.charge(next, tokens);
            got.merge(next, tokens, Integer::sum);
        }
        assertThat(got.getOrDefault("small", 0))
                .isBetween(got.getOrDefault("large", 0) - 500, got.getOrDefault("large", 0) + 500);
    }

    @Test
    void join_afterAPause_startsLevelWithTheOthers() {
        shares.join("busy");
        shares.charge("busy", 1000);
        shares.charge("busy", 1000);
        shares.join("back");

        assertThat(shares.served("back")).isEqualTo(1000);
        assertThat(shares.served("busy")).isEqualTo(2000);
    }

    @Test
    void leaveAndJoin_keepsWhatWasServed() {
        shares.join("a");
        shares.charge("a", 500);
        shares.leave("a");
        shares.join("a");

        assertThat(shares.served("a")).isEqualTo(500);
    }

    @Test
    void leave_ofManyTenants_forgetsThoseThatAreLevel() {
        for (int i = 0; i < 5000; i++) {
            shares.join("t" + i);
            shares.leave("t" + i);
        }
        assertThat(shares.size()).isLessThanOrEqualTo(1025);
    }

    @Test
    void charge_stranger_isPassedOver() {
        shares.charge("nobody", 5);
        assertThat(shares.served("nobody")).isZero();
        assertThat(shares.size()).isZero();
    }
}
