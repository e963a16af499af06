// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas, keys and their end, as callers meet them. */
class QuotaWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((request, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(node.url()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void wellBehaved() {
        node.forget();
        node.script((request, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
    }

    /** A team of its own, with a limit, and a key of it. */
    private static String keyOf(String team, String limit) {
        assertThat(gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"" + team + "\",\"name\":\"" + team + "\"}")
                        .status())
                .isEqualTo(201);
        LiveGateway.Answer set = gateway.admin(
                "PUT", "/admin/v1/quotas", "{\"scope\":\"team:" + team + "\",\"limits\":[" + limit + "]}");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        return key(team);
    }

    private static String key(String team) {
        return gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"" + team + "\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
    }

    @Test
    void chat_sixtyAtOnceAgainstTwentyADay_exactlyTwentyAreAnswered() throws Exception {
        String key = keyOf("twenty", "{\"unit\":\"requests\",\"amount\":20,\"per\":\"P1D\"}");
        List<Future<LiveGateway.Answer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(60)) {
            for (int i = 0; i < 60; i++)
                answers.add(callers.submit(() -> gateway.post("/v1/chat/completions", HELLO, key)));
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<LiveGateway.Answer> answer : answers)
            statuses.add(answer.get().status());
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(20);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(40);
        assertThat(node.requests()).hasSize(20);
        LiveGateway.Answer refused = gateway.post("/v1/chat/completions", HELLO, key);
        assertThat(refused.code()).isEqualTo("insufficient_quota");
        assertThat(refused.headers())
                .containsKey("retry-after")
                .containsEntry("x-ratelimit-limit-requests", "20")
                .containsEntry("x-ratelimit-remaining-requests", "0");
    }

    @Test
    void chat_settled_givesBackWhatWasNotUsed() {
        String key = keyOf("settled", "{\"unit\":\"tokens\",\"amount\":120,\"per\":\"P1D\"}");

        // Each reserves 100 and its prompt, and uses 10: without giving back, the second would be refused.
        for (int i = 0; i < 3; i++)
            assertThat(gateway.post("/v1/chat/completions", STREAM.replace("\"stream\":true,", ""), key)
                            .status())
                    .isEqualTo(i < 2 ? 200 : 429);
    }

    @Test
    void stream_cancelled_givesItsReservationBack() throws Exception {
        String key = keyOf("cancelled", "{\"unit\":\"concurrency\",\"amount\":1}");
        node.script((request, reply) -> {
            reply.streamHead();
            for (int i = 0; i < 5_000; i++) {
                reply.chunk(RecordingUpstream.delta("{\"content\":\"word \"}", "null"));
                Thread.sleep(2);
            }
        });
        try (Socket _ = open(key)) {
            assertThat(gateway.post("/v1/chat/completions", HELLO, key).code()).isEqualTo("rate_limit_exceeded");
        }
        assertThat(node.awaitHangUp(Duration.ofSeconds(10))).isTrue();
        wellBehaved();

        assertThat(eventually(
                        () -> gateway.post("/v1/chat/completions", HELLO, key).status()))
                .isEqualTo(200);
    }

    @Test
    void revoke_key_refusesNewRequestsAndEndsARunningStream() throws Exception {
        String key = keyOf("revoked", "{\"unit\":\"requests\",\"amount\":1000,\"per\":\"P1D\"}");
        node.script((request, reply) -> {
            reply.streamHead();
            for (int i = 0; i < 5_000; i++) {
                reply.chunk(RecordingUpstream.delta("{\"content\":\"word \"}", "null"));
                Thread.sleep(2);
            }
        });
        try (Socket _ = open(key)) {
            String id = key.substring(4, 16);
            assertThat(gateway.admin("DELETE", "/admin/v1/keys/" + id, "").status())
                    .isEqualTo(204);

            assertThat(gateway.post("/v1/chat/completions", HELLO, key).status())
                    .isEqualTo(401);
            assertThat(node.awaitHangUp(Duration.ofSeconds(5))).isTrue();
        }
    }

    /** A stream that has begun. */
    private static Socket open(String key) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Authorization: Bearer " + key + "\r\nContent-Length: " + STREAM.length()
                                + "\r\n\r\n" + STREAM)
                        .getBytes(StandardCharsets.UTF_8));
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        in.readNBytes(600);
        return socket;
    }

    private static int eventually(java.util.function.IntSupplier status) throws InterruptedException {
        int last = 0;
        for (int i = 0; i < 100 && last != 200; i++) {
            last = status.getAsInt();
            if (last != 200) Thread.sleep(50);
        }
        return last;
    }
}
