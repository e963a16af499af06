// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.text.ScriptedDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HangUpTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK =
            "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true}";
    private static final String RUNNING = "vllm:num_requests_running{model_name=\"scripted\"}";
    private static final String WAITING = "vllm:num_requests_waiting{model_name=\"scripted\"}";

    private final ScriptedDecoder decoder = new ScriptedDecoder("on and on ", true);
    private NodeFixture node;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFixture(decoder, 1);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void stream_clientHangsUp_generationIsCancelledAtOnce() throws Exception {
        try (Socket socket = node.open(CHAT, ASK)) {
            assertThat(firstEvent(socket)).contains("\"role\":\"assistant\"");
        }
        long closed = System.nanoTime();

        until(() -> decoder.sequences() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(3));
        until(() -> node.metric(RUNNING) == 0);
        assertThat(node.metric("vllm:request_success_total{model_name=\"scripted\",finished_reason=\"abort\"}"))
                .isEqualTo(1);
        assertThat(node.metric("vllm:generation_tokens_total{model_name=\"scripted\"}"))
                .isPositive();
    }

    @Test
    void queue_full_refusesWithRetryAfterAndKeepsThoseWhoWait() throws Exception {
        Socket running = node.open(CHAT, ASK);
        firstEvent(running);
        Socket waiting = node.open(CHAT, ASK);
        until(() -> node.metric(WAITING) == 1);

        HttpResponse<String> third = node.post(CHAT, ASK);
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("retry-after")).hasValue("1");
        assertThat(json(third.body()).at("/error/code").stringValue()).isEqualTo("overloaded");

        running.close();
        assertThat(firstEvent(waiting)).contains("\"role\":\"assistant\"");
        waiting.close();
        until(() -> decoder.sequences() == 0);
    }

    @Test
    void queue_waitingClientHangsUp_leavesItsPlace() throws Exception {
        try (Socket running = node.open(CHAT, ASK)) {
            firstEvent(running);
            node.open(CHAT, ASK).close();
            until(() -> node.metric(WAITING) == 0);
            assertThat(node.metric(RUNNING)).isEqualTo(1);
        }
    }

    @Test
    void stream_clientDoesNotRead_generationWaitsForIt() throws Exception {
        try (Socket socket = node.open(CHAT, ASK)) {
            until(() -> decoder.sequences() == 1);
            long before = -1;
            while (decoder.steps() != before) {
                before = decoder.steps();
                // Long enough for thousands of steps, were nothing held back.
                Thread.sleep(Duration.ofMillis(300));
            }
            // An event has some 200 bytes; what the system's own socket buffers take is a few megabytes.
            assertThat(before * 200).isLessThan(32L << 20);
            assertThat(socket.isConnected()).isTrue();
        }
        until(() -> decoder.sequences() == 0);
    }

    @Test
    void drain_runningStream_isCutShortWithAnError() throws Exception {
        try (Socket socket = node.open(CHAT, ASK)) {
            var reader = reader(socket);
            String line = reader.readLine();
            node.server.drain(Duration.ofMillis(50));
            while (line != null && !line.contains("\"error\"")) {
                line = reader.readLine();
            }
            assertThat(line).contains("\"code\":\"draining\"");
        }
    }

    private static String firstEvent(Socket socket) throws IOException {
        BufferedReader reader = reader(socket);
        String line = reader.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = reader.readLine();
        }
        return String.valueOf(line);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits until something is so, and fails when it is not within ten seconds. */
    private static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("still not so after 10 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
