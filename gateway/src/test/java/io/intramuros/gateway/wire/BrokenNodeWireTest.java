// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that fails is left alone, and is everybody's again as soon as it is well. */
class BrokenNodeWireTest {
    private static final int JUDGED = 4;
    private static final String STREAM =
            "{\"stream\":true,\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    Path folder;

    private RecordingUpstream node;
    private LiveGateway gateway;

    @BeforeEach
    void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(
                folder,
                List.of(node.url()),
                "",
                Map.of(Setting.NODE_JUDGED, Integer.toString(JUDGED), Setting.NODE_REST, "PT0.5S"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        node.close();
    }

    private void breakIt() {
        for (int i = 0; i < JUDGED; i++) assertThat(gateway.say("hello").code()).isEqualTo("node_failed");
        assertThat(gateway.say("hello").code()).isEqualTo("no_node");
    }

    /** Asks until the node is tried again. */
    private void awaitTried(int soFar) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (node.requests().size() == soFar) {
            assertThat(System.nanoTime()).isLessThan(until);
            gateway.say("hello");
        }
    }

    @Test
    void chat_nodeFailedTooOften_isNotAskedForAWhileAndThenAgain() {
        breakIt();
        assertThat(node.requests()).hasSize(JUDGED);

        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"well\"", "", 1, 1)));
        awaitTried(JUDGED);

        assertThat(gateway.say("hello").status()).isEqualTo(200);
    }

    @Test
    void chat_nodeIsOnlyBusy_isAskedEachTime() {
        node.script((_, reply) -> reply.json(503, "{}"));

        for (int i = 0; i < 3 * JUDGED; i++)
            assertThat(gateway.say("hello").status()).isEqualTo(503);

        assertThat(node.requests()).hasSize(3 * JUDGED);
    }

    @Test
    void stream_nodeBreaksInTheMiddleEachTime_isLeftAlone() {
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"a\"}", "null"));
            reply.reset();
        });

        for (int i = 0; i < 3 * JUDGED; i++) gateway.post("/v1/chat/completions", STREAM, gateway.key());

        assertThat(node.requests()).hasSizeLessThan(3 * JUDGED);
        assertThat(gateway.say("hello").code()).isEqualTo("no_node");
    }

    /** With a breaker that waits for the ends of answers, the fifth of these would be refused. */
    @Test
    void stream_nodeIsWellAgain_takesMoreAnswersAtOnceThanItWasTriedWith() throws Exception {
        breakIt();
        CountDownLatch enough = new CountDownLatch(1);
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"a\"}", "null"));
            enough.await();
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\"") + "data: [DONE]\n\n");
            reply.end();
        });
        int before = node.requests().size();
        List<Future<LiveGateway.Answer>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            for (int asked = 0; asked < 3 * JUDGED; ) {
                assertThat(System.nanoTime()).isLessThan(until);
                Future<LiveGateway.Answer> answer =
                        callers.submit(() -> gateway.post("/v1/chat/completions", STREAM, gateway.key()));
                boolean begun = awaitOneMore(before + asked, answer);
                if (begun) {
                    answers.add(answer);
                    asked++;
                } else
                    assertThat(asked)
                            .as("none is refused once one was let through")
                            .isZero();
            }
            enough.countDown();
            for (Future<LiveGateway.Answer> answer : answers)
                assertThat(answer.get().status()).isEqualTo(200);
        }
    }

    /** True once the node has a further request; false where the gateway answered without it. */
    private boolean awaitOneMore(int soFar, Future<LiveGateway.Answer> answer) throws InterruptedException {
        while (node.requests().size() == soFar) {
            if (answer.isDone()) return false;
            Thread.sleep(5);
        }
        return true;
    }
}
