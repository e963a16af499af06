// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Canaries: marked text, marked personal data and the key itself go through every kind of request, and are then looked
 * for wherever the gateway writes: its log lines at the least level, its data folder, its metrics.
 */
class LeakTest {
    private static final String TEXT = "kanarienvogel7319";
    private static final String EMAIL = "kestrel.4471@birds.example";
    private static final String ANSWER = "zaunkoenig8842";
    private static final String WORDS = "My notes on " + TEXT + " go to " + EMAIL + ".";

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.LOG_LEVEL, "debug"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @Test
    void requests_ofEveryKind_leaveNothingOfTheirTextAndKeys() throws IOException {
        String logged;
        try (Captured log = Captured.everything()) {
            served();
            refused();
            failed();
            logged = log.text();
        }
        String metrics = gateway.admin("GET", "/metrics", "").body();

        // What is looked at holds what it should, or finding nothing would say nothing.
        assertThat(logged).contains("reactor.netty").contains("org.springframework");
        assertThat(new Recorded(gateway.data()).all()).hasSizeGreaterThan(6);
        assertThat(metrics).contains("gen_ai_server_request_duration");
        for (String mark : marks()) {
            assertThat(holding(logged, mark)).as("log lines").isEmpty();
            assertThat(holding(metrics, mark)).as("metrics").isEmpty();
            assertThat(filesHolding(mark)).as("files").isEmpty();
        }
    }

    /** Frameworks log URLs at their low levels, which no setting of ours may switch on. */
    @Test
    void urls_atTheLeastLevelThatCanBeSet_areInNoLogLine() {
        String logged;
        try (Captured log = Captured.asSet()) {
            assertThat(gateway.get("/v1/" + TEXT, gateway.key()).status()).isEqualTo(404);
            assertThat(gateway.get("/v1/models?q=" + TEXT, gateway.key()).status())
                    .isEqualTo(200);
            assertThat(gateway.get("/v1/models?api_key=" + gateway.key(), gateway.key())
                            .status())
                    .isEqualTo(401);
            failed();
            logged = log.text();
        }

        assertThat(logged).contains("io.intramuros");
        for (String mark : marks()) assertThat(holding(logged, mark)).isEmpty();
    }

    /** The key's secret alone: its id may be seen. */
    private static List<String> marks() {
        String secret = gateway.key().substring(gateway.key().lastIndexOf('_') + 1);
        return List.of(TEXT, EMAIL, "kestrel.4471", ANSWER, secret, secret.substring(0, 20));
    }

    private static String chat(boolean stream) {
        return "{\"model\":\"m\",\"stream\":" + stream + ",\"user\":\"" + TEXT
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}]}";
    }

    private static void served() {
        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"" + ANSWER + "\"", "", 7, 3)));
        assertThat(gateway.chat(chat(false)).body()).contains(ANSWER);
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"" + ANSWER + "\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
            reply.chunk(RecordingUpstream.usageAndDone(5, 1));
            reply.end();
        });
        assertThat(gateway.chat(chat(true)).body()).contains(ANSWER);
    }

    /** By the gateway, for what it cannot read, serve or believe; and by the node, which quotes it. */
    private static void refused() {
        assertThat(gateway.chat(chat(false).replace("]}", "")).status()).isEqualTo(400);
        assertThat(gateway.chat(chat(false).replace("\"m\"", "\"" + TEXT + "\""))
                        .status())
                .isEqualTo(404);
        assertThat(gateway.chat(chat(false).replace("\"user\":", "\"n\":33,\"" + TEXT + "\":"))
                        .status())
                .isEqualTo(400);
        assertThat(gateway.chat(chat(false).replace("{\"role\":\"user\",", "{\"role\":\"" + TEXT + "\","))
                        .status())
                .isGreaterThanOrEqualTo(400);
        String mistyped = gateway.key().substring(0, gateway.key().length() - 1);
        assertThat(gateway.post("/v1/chat/completions", chat(false), mistyped).status())
                .isEqualTo(401);
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                                .header("content-type", "text/" + TEXT)
                                .header("authorization", "Bearer " + gateway.key())
                                .POST(HttpRequest.BodyPublishers.ofString(chat(false)))
                                .build())
                        .status())
                .isEqualTo(415);
        node.script((_, reply) -> reply.json(400, "{\"error\":{\"message\":\"cannot read " + WORDS + "\"}}"));
        assertThat(gateway.chat(chat(false)).status()).isEqualTo(400);
    }

    private static void failed() {
        node.script((_, reply) -> reply.json(500, "{\"error\":{\"message\":\"crash at " + WORDS + ANSWER + "\"}}"));
        assertThat(gateway.chat(chat(false)).status()).isEqualTo(502);
        node.script((_, reply) -> reply.json(200, "{\"choices\":\"" + WORDS + ANSWER + "\""));
        assertThat(gateway.chat(chat(false)).status()).isEqualTo(502);
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"" + ANSWER + " \"}", "null"));
            reply.chunk("data: {\"broken\":\"" + WORDS + ANSWER + "\n\n");
            reply.end();
        });
        assertThat(gateway.chat(chat(true)).body()).contains("\"code\":\"node_failed\"");
        node.script((_, reply) -> reply.reset());
        assertThat(gateway.chat(chat(true)).status()).isEqualTo(502);
    }

    private static List<String> holding(String text, String mark) {
        return text.lines()
                .filter(line -> line.contains(mark))
                .map(line -> line.substring(0, Math.min(line.length(), 300)))
                .toList();
    }

    private static List<Path> filesHolding(String mark) throws IOException {
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(gateway.data())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isIn(file, new String(bytes, StandardCharsets.ISO_8859_1)))
                    .toList();
        }
    }

    private static boolean isIn(Path file, String mark) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
