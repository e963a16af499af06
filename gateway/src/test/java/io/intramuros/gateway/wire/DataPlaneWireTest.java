// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the data plane does with good, bad and strange requests, and with nodes that fail. */
class DataPlaneWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    static Path folder;

    private static RecordingUpstream first;
    private static RecordingUpstream second;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        first = new RecordingUpstream((request, reply) -> reply.json(500, "{}"));
        second = new RecordingUpstream((request, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(
                folder,
                List.of(first.url(), second.url()),
                "",
                Map.of(
                        Setting.NODE_FIRST_BYTE,
                        "PT2S",
                        Setting.NODE_IDLE,
                        "PT2S",
                        Setting.BODY_BYTES,
                        "65536",
                        Setting.NODE_JUDGED,
                        "10000"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void wellBehaved() {
        for (RecordingUpstream upstream : List.of(first, second)) {
            upstream.forget();
            upstream.script((request, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
        }
    }

    @Test
    void chat_sound_isForwardedWithModelCapAndUnknownFieldsAndAnswered() {
        LiveGateway.Answer answer =
                gateway.chat("{\"model\":\"gpt-4o-mini\",\"brand_new\":{\"x\":[1,2.50]},\"temperature\":0.30,"
                        + "\"max_completion_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(answer.json().path("model").asString()).isEqualTo("m");
        assertThat(answer.json().path("usage").path("total_tokens").asInt()).isEqualTo(10);
        var seen = LiveGateway.JSON.readTree(sent().body());
        assertThat(seen.path("model").asString()).isEqualTo("upstream-model");
        assertThat(seen.path("max_tokens").asInt()).isEqualTo(50);
        assertThat(sent().body()).contains("\"brand_new\":{\"x\":[1,2.50]}");
        assertThat(sent().headers())
                .containsEntry("x-request-id", answer.headers().get("x-request-id"))
                .doesNotContainValue("Bearer " + gateway.key());
    }

    @Test
    void chat_noCap_isCappedByTheModel() {
        gateway.chat(HELLO);

        assertThat(LiveGateway.JSON.readTree(sent().body()).path("max_tokens").asInt())
                .isEqualTo(4096);
    }

    private static RecordingUpstream.Request sent() {
        return first.requests().isEmpty()
                ? second.requests().getFirst()
                : first.requests().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                | 400 | invalid_json
            {"model":"m","model":"m","messages":[]}                          | 400 | invalid_json
            {"model":"m","messages":[]}                                      | 400 | invalid_request
            {"model":"nope","messages":[{"role":"user","content":"x"}]}      | 404 | model_not_found
            {"model":"m","messages":[{"role":"user","content":"x"}],"n":0}   | 400 | invalid_request
            """)
    void chat_faulty_isRefusedInTheDialectAndRecorded(String body, int status, String code) {
        LiveGateway.Answer answer = gateway.chat(body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        String id = answer.headers().get("x-request-id");
        assertThat(answer.json().path("error").path("message").asString()).contains(id);
        assertThat(first.requests()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void chat_bodyOverTheLimit_is413() {
        LiveGateway.Answer answer = gateway.say("x".repeat(70_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("request_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "imk_abc", "imk_000000000000_0000000000000000000000000000000000000000000000000", "sk-1234"})
    void chat_wrongKey_is401(String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(HELLO));
        if (!key.isEmpty()) request.header("authorization", "Bearer " + key);

        LiveGateway.Answer answer = gateway.send(request.build());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_api_key");
        assertThat(answer.body()).doesNotContain("sk-1234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "api-key"})
    void chat_keyInAnotherHeader_counts(String header) {
        HttpRequest request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header(header, gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                .build();

        assertThat(gateway.send(request).status()).isEqualTo(200);
    }

    @Test
    void chat_twoCredentials_is401() {
        HttpRequest request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .header("x-api-key", gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                .build();

        assertThat(gateway.send(request).status()).isEqualTo(401);
    }

    @Test
    void chat_compressedBodyOrWrongType_is415() {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(HELLO));

        assertThat(gateway.send(request.copy()
                                .header("content-type", "text/plain")
                                .build())
                        .status())
                .isEqualTo(415);
        assertThat(gateway.send(request.copy()
                                .header("content-type", "application/json")
                                .header("content-encoding", "gzip")
                                .build())
                        .status())
                .isEqualTo(415);
    }

    @Test
    void get_unknownPath_isAnErrorOfTheDialect() {
        LiveGateway.Answer answer = gateway.get("/v1/nothing", gateway.key());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
    }

    @Test
    void get_models_listsNamesAndAliases() {
        LiveGateway.Answer answer = gateway.get("/v1/models", gateway.key());

        assertThat(answer.json()
                        .path("data")
                        .valueStream()
                        .map(m -> m.path("id").asString()))
                .containsExactly("m", "gpt-4o-mini");
        assertThat(gateway.get("/v1/models/m", gateway.key()).status()).isEqualTo(200);
        assertThat(gateway.get("/v1/models/x", gateway.key()).code()).isEqualTo("model_not_found");
    }

    @Test
    void get_healthAndRoot_needNoKey() {
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.url("/")).build())
                        .body())
                .isEqualTo("Intramuros is running");
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.url("/health/live"))
                                .build())
                        .status())
                .isEqualTo(200);
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.url("/health/ready"))
                                .build())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            })
    void raw_ambiguousFraming_is400AndNothingIsForwarded(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);

            assertThat(line).isEqualTo("HTTP/1.1 400");
        }
        assertThat(first.requests()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void chat_firstNodeFailsBeforeItsFirstByte_secondAnswersAndTheRetryIsRecorded() {
        first.script((request, reply) -> reply.reset());
        second.script((request, reply) -> reply.reset());
        RecordingUpstream living = second;
        living.script((request, reply) -> reply.json(200, RecordingUpstream.completion("\"second\"", "", 1, 1)));

        for (int i = 0; i < 3; i++) {
            LiveGateway.Answer answer = gateway.chat(HELLO);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void chat_everyNodeFails_is502() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> reply.json(500, "{\"secret\":\"internals\"}"));

        LiveGateway.Answer answer = gateway.chat(HELLO);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("node_failed");
        assertThat(answer.body()).doesNotContain("internals");
    }

    @Test
    void chat_everyNodeIsBusy_is503WithRetryAfter() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> reply.json(503, "{}"));

        LiveGateway.Answer answer = gateway.chat(HELLO);

        assertThat(answer.code()).isEqualTo("overloaded");
        assertThat(answer.headers()).containsKey("retry-after");
    }

    @ParameterizedTest
    @CsvSource({
        "temperature, unsupported_value, temperature, (unsupported_value)",
        "messages[0].content, too_long, messages[0].content, (too_long)",
        "tools, tools_unsupported, tools, does not know tools",
        "Jane Roe said, Jane Roe, , check its fields",
        "'', '', , check its fields"
    })
    void chat_nodeRefusesAField_namesItWithoutTheNodesWords(String param, String code, String named, String says) {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((_, reply) -> reply.json(
                    422,
                    "{\"error\":{\"message\":\"Jane Roe\",\"param\":\"%s\",\"code\":\"%s\"}}".formatted(param, code)));

        LiveGateway.Answer answer = gateway.say("hello");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.body()).contains(says).doesNotContain("Jane");
        assertThat(answer.json().at("/error/param").asString(null)).isEqualTo(named);
    }

    @Test
    void chat_nodeRefuses_isTheCallersErrorWithoutTheNodesWords() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> reply.json(
                    400, "{\"error\":{\"message\":\"prompt hello too long\",\"code\":\"context_length_exceeded\"}}"));

        LiveGateway.Answer answer = gateway.chat(STREAM);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void stream_usage_onlyForWhoAsks() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> {
                reply.streamHead();
                reply.chunk(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"hi\"}", "null"));
                reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
                reply.chunk(RecordingUpstream.usageAndDone(5, 1));
                reply.end();
            });

        String without = gateway.chat(STREAM).body();
        String with = gateway.chat(STREAM.replace("true,", "true,\"stream_options\":{\"include_usage\":true},"))
                .body();

        assertThat(without).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        assertThat(with).contains("\"usage\":{\"prompt_tokens\":5").contains("\"usage\":null");
        assertThat(without.lines()
                        .filter(l -> l.startsWith("data: {"))
                        .map(l -> LiveGateway.JSON
                                .readTree(l.substring(6))
                                .path("id")
                                .asString())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void stream_nodeDiesInTheMiddle_endsWithAnErrorEvent() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> {
                reply.streamHead();
                reply.chunk(RecordingUpstream.delta("{\"content\":\"half of it\"}", "null"));
                Thread.sleep(200);
                reply.reset();
            });

        LiveGateway.Answer answer = gateway.chat(STREAM);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("half")
                .contains("\"code\":\"node_failed\"")
                .doesNotContain("[DONE]");
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id")))
                .containsExactly("request.admitted", "request.failed");
    }

    @Test
    void stream_nodeEndsWithoutAnEnd_isAnError() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> {
                reply.streamHead();
                reply.chunk(RecordingUpstream.delta("{\"content\":\"cut\"}", "null"));
                reply.end();
            });

        assertThat(gateway.chat(STREAM).body()).contains("node_failed").doesNotContain("[DONE]");
    }

    @Test
    void stream_nodeIsSilent_isATimeout() {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> reply.awaitHangUp());

        LiveGateway.Answer answer = gateway.chat(STREAM);

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("node_timeout");
    }

    @Test
    void stream_callerHangsUp_nodeIsToldWithinASecondAndTheEndingIsRecorded() throws Exception {
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> {
                reply.streamHead();
                for (int i = 0; i < 2_000; i++) {
                    reply.chunk(RecordingUpstream.delta("{\"content\":\"word \"}", "null"));
                    Thread.sleep(5);
                }
            });
        long gone;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Authorization: Bearer " + gateway.key() + "\r\nContent-Length: "
                                    + STREAM.length()
                                    + "\r\n\r\n" + STREAM)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            in.readNBytes(800);
            gone = System.nanoTime();
        }
        RecordingUpstream busy = first.requests().isEmpty() ? second : first;

        assertThat(busy.awaitHangUp(Duration.ofSeconds(5))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void stream_firstEvent_comesBeforeTheNodeIsDone() throws Exception {
        var release = new java.util.concurrent.CountDownLatch(1);
        for (RecordingUpstream upstream : List.of(first, second))
            upstream.script((request, reply) -> {
                reply.streamHead();
                reply.chunk(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"now \"}", "null"));
                reply.chunk(RecordingUpstream.delta("{\"content\":\"more \"}", "null"));
                release.await();
                reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
                reply.end();
            });
        var request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(STREAM))
                .build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var lines = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();

            assertThat(lines.next()).contains("assistant");

            release.countDown();
            lines.forEachRemaining(line -> {});
        }
    }

    @Test
    void chat_answered_hasOneAdmittedAndOneCompletedRecord() {
        LiveGateway.Answer answer = gateway.chat(HELLO);

        assertThat(gateway.recordTypes(answer.headers().get("x-request-id")))
                .containsExactly("request.admitted", "request.completed");
    }

    @Test
    void adminPlane_teamsKey_opensNothing() {
        LiveGateway.Answer answer =
                gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                        .header("authorization", "Bearer " + gateway.key())
                        .build());

        assertThat(answer.status()).isEqualTo(401);
    }
}
