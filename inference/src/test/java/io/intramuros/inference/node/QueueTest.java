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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits, who goes first and who is turned away, over HTTP: one answer at a time, and two may wait. */
@Timeout(60)
class QueueTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String WAITING = "vllm:num_requests_waiting{model_name=\"scripted\"}";
    private static final String RUNNING = "vllm:num_requests_running{model_name=\"scripted\"}";

    private final List<Socket> open = new ArrayList<>();
    private NodeFixture node;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFixture(new ScriptedDecoder("on and on ", true), 2);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        node.close();
    }

    private static String body(String more) {
        return "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true" + more
                + "}";
    }

    /** Sends a request, and comes back when it runs or waits. */
    private Socket ask(String tenant, String priority, String more) throws Exception {
        long before = node.metric(WAITING) + node.metric(RUNNING);
        Socket socket = node.open(
                CHAT,
                body(more),
                "x-intramuros-tenant: " + tenant + "\r\n"
                        + (priority.isEmpty() ? "" : "x-intramuros-priority: " + priority + "\r\n"));
        open.add(socket);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (node.metric(WAITING) + node.metric(RUNNING) <= before) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        return socket;
    }

    /** The first line of an answer, for which the caller waits. */
    private static String status(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }

    private HttpResponse<String> post(String tenant, String more) throws Exception {
        return node.send(node.request(CHAT)
                .header("x-intramuros-tenant", tenant)
                .POST(HttpRequest.BodyPublishers.ofString(body(more))));
    }

    @Test
    void queue_fullOfOneTenant_anothersRequestIsNextAndTheLastIsTurnedAway() throws Exception {
        Socket running = ask("greedy", "", "");
        assertThat(status(running)).isEqualTo("HTTP/1.1 200 OK");
        Socket first = ask("greedy", "", "");
        Socket last = ask("greedy", "", "");
        Socket modest = node.open(CHAT, body(""), "x-intramuros-tenant: modest\r\n");
        open.add(modest);

        var reader = new BufferedReader(new InputStreamReader(last.getInputStream(), StandardCharsets.UTF_8));
        List<String> answer = new ArrayList<>();
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
            answer.add(line);
            line = reader.readLine();
        }
        assertThat(answer.getFirst()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(answer).anyMatch(header -> header.startsWith("retry-after: "));
        running.close();
        assertThat(status(modest)).isEqualTo("HTTP/1.1 200 OK");
        modest.close();
        assertThat(status(first)).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void queue_full_saysWhenToRetryAndRunsThoseWhoWait() throws Exception {
        Socket running = ask("a", "", "");
        ask("a", "", "");
        ask("b", "", "");

        HttpResponse<String> refused = post("a", "");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused.body()).at("/error/code").stringValue()).isEqualTo("overloaded");
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 120);
        assertThat(node.metric(WAITING)).isEqualTo(2);
        assertThat(status(running)).isEqualTo("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @CsvSource({"batch, ''", "'', ',\"service_tier\":\"flex\"'"})
    void queue_batchWaits_interactiveGoesFirst(String priority, String more) throws Exception {
        Socket running = ask("a", "", "");
        Socket batch = ask("a", priority, more);
        Socket interactive = ask("a", "interactive", "");

        running.close();

        assertThat(status(interactive)).isEqualTo("HTTP/1.1 200 OK");
        interactive.close();
        assertThat(status(batch)).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void queue_fullOfBatch_interactiveDisplacesTheLast() throws Exception {
        ask("a", "batch", "");
        Socket first = ask("a", "batch", "");
        Socket last = ask("b", "batch", "");
        Socket interactive = node.open(CHAT, body(""), "x-intramuros-tenant: a\r\n");
        open.add(interactive);

        assertThat(status(last)).isEqualTo("HTTP/1.1 503 Service Unavailable");
        open.getFirst().close();
        assertThat(status(interactive)).isEqualTo("HTTP/1.1 200 OK");
        interactive.close();
        assertThat(status(first)).isEqualTo("HTTP/1.1 200 OK");
    }
}
