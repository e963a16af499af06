// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two gateways with one Redis and one PostgreSQL are one to their callers. */
class SharedQuotaWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    Path folder;

    @Test
    void chat_sixtyOverTwoGatewaysAgainstTwentyADay_exactlyTwentyAreAnswered() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RedisServer redis = RedisServer.newRedisServer().port(port).build();
        redis.start();
        RecordingUpstream node = new RecordingUpstream(
                (request, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            Map<Setting, String> shared = Map.of(
                    Setting.REDIS_URI,
                    "redis://127.0.0.1:" + port,
                    Setting.DATABASE_URL,
                    database.getJdbcUrl("postgres", "postgres"),
                    Setting.DATABASE_USER,
                    "postgres",
                    Setting.DATABASE_PASSWORD,
                    "postgres");
            // One master key, so that a key of the one is known to the other.
            Path data = Files.createDirectories(folder.resolve("b/data"));
            try (LiveGateway first = LiveGateway.start(folder.resolve("a"), List.of(node.url()), "", shared)) {
                Files.copy(first.data().resolve("master-key"), data.resolve("master-key"));
                try (LiveGateway second = LiveGateway.start(folder.resolve("b"), List.of(node.url()), "", shared)) {
                    assertShared(first, second);
                }
            }
        } finally {
            redis.stop();
            node.close();
        }
    }

    private static void assertShared(LiveGateway first, LiveGateway second) throws Exception {
        String key = first.key();
        LiveGateway.Answer set = first.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"requests\",\"amount\":20,\"per\":\"P1D\"}]}");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        Thread.sleep(1_500); // the other gateway hears of a limit within its poll
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(60)) {
            for (int i = 0; i < 60; i++) {
                LiveGateway gateway = i % 2 == 0 ? first : second;
                answers.add(callers.submit(
                        () -> gateway.post("/v1/chat/completions", HELLO, key).status()));
            }
        }
        int good = 0;
        for (Future<Integer> answer : answers) if (answer.get() == 200) good++;
        assertThat(good).isEqualTo(20);
    }
}
