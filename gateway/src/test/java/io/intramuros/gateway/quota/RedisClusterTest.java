// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis Cluster refuses a script whose keys lie in two slots: ours lie in one. */
class RedisClusterTest {
    private static final int SLOTS = 16_384;

    @TempDir
    private Path folder;

    @Test
    void reserve_inACluster_isHeldAndSettled() throws Exception {
        try (TestRedis redis = new TestRedis("dir " + folder, "cluster-enabled yes")) {
            makeClusterOfOne(redis);
            try (RedisLink link = new RedisLink(redis.uri());
                    RedisLedger ledger = new RedisLedger(
                            link,
                            new RedisLedger.Settings("o", "e", true, Duration.ofSeconds(30)),
                            LedgerContract.MADRID,
                            InstantSource.system(),
                            UsageTotals.NONE)) {
                Limit[] limits = {
                    limit(TEAM, Limit.Unit.TOKENS, 100, Requests.MONTH),
                    limit(Scope.ORG, Limit.Unit.TOKENS, 100, Requests.MINUTE),
                    concurrency(Scope.parse("key:k1"), 1)
                };
                ReserveRequest first = request(60, limits);
                assertThat(ledger.reserve(first)).isInstanceOf(Reservation.Held.class);
                assertThat(ledger.reserve(request(10, limits))).isInstanceOf(Reservation.Refused.class);
                ledger.settle(first.id(), tokens(10));
                assertThat(ledger.reserve(request(90, limits))).isInstanceOf(Reservation.Held.class);
            }
        }
    }

    private static void makeClusterOfOne(TestRedis redis) throws Exception {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            RedisCommands<String, String> commands = client.connect().sync();
            commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
            Eventually.until("the cluster is up", () -> commands.clusterInfo().contains("cluster_state:ok"));
        }
    }
}
