// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose node is down from the start, whose disk is nearly full, or that is stopped while it works. */
class HardTimesWireTest {
    private static final String STREAM =
            "{\"stream\":true,\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private RecordingUpstream node;

    @BeforeEach
    void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void start_withItsNodeDown_servesAllTheSameAndSaysSo(@TempDir Path other) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (LiveGateway early = LiveGateway.start(other, List.of("http://127.0.0.1:" + port))) {
            LiveGateway.Answer answer = early.say("hello");
            assertThat(answer.status()).isIn(502, 503);
            assertThat(answer.code()).isIn("node_failed", "no_node");
            assertThat(early.recordTypes(answer.headers().get("x-request-id")))
                    .containsExactly("request.admitted", "request.failed");
        }
    }

    @Test
    void log_thatCannotGrow_refusesWith503BeforeAnyNodeHears(@TempDir Path other) {
        try (LiveGateway full =
                LiveGateway.start(other, List.of(node.url()), "", Map.of(Setting.AUDIT_LOW_WATER, "1099511627776"))) {
            LiveGateway.Answer answer = full.say("hello");

            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("audit_unavailable");
            assertThat(node.requests()).isEmpty();
        }
    }

    @Test
    void stop_whileAStreamRuns_letsItEndWell(@TempDir Path other) throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"before and \"}", "null"));
            begun.countDown();
            stopping.await();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"after\"}", "\"stop\""));
            reply.chunk(RecordingUpstream.usageAndDone(1, 2));
            reply.end();
        });
        LiveGateway live = LiveGateway.start(other, List.of(node.url()));
        CompletableFuture<LiveGateway.Answer> answer = CompletableFuture.supplyAsync(() -> live.chat(STREAM));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(live::stop);
        while (live.isListening()) LockSupport.parkNanos(1_000_000);
        stopping.countDown();

        assertThat(answer.get(30, TimeUnit.SECONDS).body()).contains("after").endsWith("data: [DONE]\n\n");
        stopped.get(30, TimeUnit.SECONDS);
        assertThat(new Recorded(live.data())
                        .all().stream().map(entry -> entry.text("type")).toList())
                .contains("request.completed", "system.stop")
                .doesNotContain("request.failed", "request.cancelled");
    }
}
