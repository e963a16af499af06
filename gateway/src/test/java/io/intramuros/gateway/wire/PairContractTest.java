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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The contract of every pair of a dialect and a kind of node, on the wire: what the node sees, what the caller gets,
 * what is recorded, and what happens when something goes wrong.
 */
class PairContractTest {
    private static final Pattern SURROGATE = Pattern.compile("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");
    private static final String TEXT = String.join(
            ". ",
            "My name is Margaret Thornbury",
            "write to margaret.thornbury@example.com",
            "call +34 612 345 678",
            "IBAN DE89 3704 0044 0532 0130 00",
            "card 4111 1111 1111 1111",
            "from 203.0.113.77",
            "DNI 12345678Z",
            "SSN 536-90-4399",
            "Steuer-ID 86095742719",
            "token ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "codice fiscale RSSMRA85T10A562S",
            "NINO AB123456C.");
    private static final List<String> NEEDLES = List.of(
            "Thornbury",
            "margaret.thornbury@example.com",
            "612 345 678",
            "3704 0044 0532",
            "4111 1111 1111",
            "203.0.113.77",
            "12345678Z",
            "536-90-4399",
            "86095742719",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "RSSMRA85T10A562S",
            "AB123456C");

    @TempDir
    static Path folder;

    private static PairGateway pairs;
    private static RecordingUpstream upstream;
    private static LiveGateway gateway;

    /** One dialect against one kind of node. */
    record Pair(Speaker speaker, FakeNode node) {
        String model() {
            return "m-" + node.type();
        }

        @Override
        public String toString() {
            return speaker + " to " + node;
        }
    }

    static List<Speaker> speakers() {
        return List.of(new OpenAiSpeaker(), new AnthropicSpeaker(), new OllamaSpeaker());
    }

    static List<FakeNode> nodes() {
        return List.of(new OpenAiFakeNode("openai"), new OpenAiFakeNode("onnx"), new OllamaFakeNode());
    }

    static Stream<Pair> pairs() {
        return speakers().stream().flatMap(speaker -> nodes().stream().map(node -> new Pair(speaker, node)));
    }

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
        upstream = pairs.upstream();
        gateway = pairs.gateway();
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    private static LiveGateway.Answer send(Pair pair, String body) {
        return gateway.send(pair.speaker().request(gateway.url(pair.speaker().path()), gateway.key(), body));
    }

    private static void answering(Pair pair, FakeNode.Script script, boolean stream, int size) {
        upstream.script((_, reply) -> {
            if (!stream) {
                reply.json(200, pair.node().whole(script));
                return;
            }
            reply.streamHead();
            reply.pieces(pair.node().stream(script), size);
            reply.end();
        });
    }

    /** A node that says what the user said, and calls a tool with it. */
    private static void echoing(Pair pair, boolean stream, int size) {
        upstream.script((request, reply) -> {
            String echo = pair.node().userText(request.body());
            FakeNode.Script script = FakeNode.Script.of(echo)
                    .pieces(5)
                    .thinking("Thinking of " + echo)
                    .calling("{\"to\":" + LiveGateway.JSON.writeValueAsString(echo) + "}");
            if (!stream) {
                reply.json(200, pair.node().whole(script));
                return;
            }
            reply.streamHead();
            reply.pieces(pair.node().stream(script), size);
            reply.end();
        });
    }

    private static void assertUnseen(Pair pair) {
        assertThat(upstream.requests()).hasSize(1);
        var request = upstream.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST " + pair.node().path() + " HTTP/1.1");
        for (String needle : NEEDLES) assertThat(request.body()).doesNotContain(needle);
        assertThat(LiveGateway.JSON.readTree(request.body()).path("messages").size())
                .as(request.body())
                .isEqualTo(4);
        assertThat(LiveGateway.JSON.readTree(request.body()).path("model").asString())
                .isEqualTo("upstream-model");
        assertThat(SURROGATE.matcher(pair.node().userText(request.body())).results())
                .hasSizeGreaterThanOrEqualTo(NEEDLES.size());
    }

    private static void assertRestored(String text) {
        for (String needle : NEEDLES) assertThat(text).contains(needle);
        assertThat(SURROGATE.matcher(text).find()).as(text).isFalse();
    }

    private static void assertRestored(Pair pair, Heard heard) {
        assertRestored(heard.text());
        assertRestored(heard.thinking());
        assertThat(heard.calls()).hasSize(1);
        assertThat(heard.calls().getFirst().name()).isEqualTo("lookup");
        assertRestored(LiveGateway.JSON
                .readTree(heard.calls().getFirst().arguments())
                .path("to")
                .asString());
        assertThat(heard.stop()).isEqualTo(pair.speaker().callsWord());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whole_twelveKindsEverywhere_areHiddenAndRestored(Pair pair) {
        echoing(pair, false, 0);

        LiveGateway.Answer answer = send(pair, pair.speaker().everywhere(pair.model(), TEXT, false));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertUnseen(pair);
        assertRestored(pair, pair.speaker().whole(answer.body()));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> pairsAndSizes() {
        return pairs().flatMap(pair ->
                Stream.of(1, 7, 64, 4096).map(size -> org.junit.jupiter.params.provider.Arguments.of(pair, size)));
    }

    @ParameterizedTest(name = "{0} in pieces of {1} bytes")
    @MethodSource("pairsAndSizes")
    void stream_twelveKindsEverywhere_areHiddenAndRestoredForAnySplitting(Pair pair, int size) {
        echoing(pair, true, size);

        LiveGateway.Answer answer = send(pair, pair.speaker().everywhere(pair.model(), TEXT, true));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertUnseen(pair);
        assertRestored(pair, pair.speaker().stream(answer.body()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whole_answered_hasUsageAndCapAndRecords(Pair pair) {
        answering(pair, FakeNode.Script.of("hello there"), false, 0);

        LiveGateway.Answer answer = send(pair, pair.speaker().capped(pair.model(), "hello", 77));

        Heard heard = pair.speaker().whole(answer.body());
        assertThat(heard.text()).isEqualTo("hello there");
        assertThat(heard.in()).isEqualTo(11);
        assertThat(heard.out()).isEqualTo(7);
        assertThat(heard.calls()).isEmpty();
        assertThat(pair.node().cap(upstream.requests().getFirst().body())).isEqualTo(77);
        String id = answer.headers().get("x-request-id");
        assertThat(gateway.recordTypes(id)).containsExactly("request.admitted", "request.completed");
        JsonNode completed = gateway.records().stream()
                .filter(record -> record.path("id").asString("").equals(id)
                        && record.path("type").asString().equals("request.completed"))
                .findFirst()
                .orElseThrow();
        assertThat(completed.path("tokens").path("in").asInt()).isEqualTo(11);
        assertThat(completed.path("tokens").path("out").asInt()).isEqualTo(7);
        assertThat(completed.path("node").asString())
                .isEqualTo("node-" + pair.node().type());
        assertThat(upstream.requests().getFirst().headers().get("x-intramuros-tenant"))
                .as("only our own node hears whose request it is")
                .isEqualTo(
                        pair.node().type().equals("onnx")
                                ? completed.path("team").asString()
                                : null);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream_answered_hasUsageAndTheWordForItsEnd(Pair pair) {
        answering(pair, FakeNode.Script.of("cut off he").cutShort(), true, 100);

        LiveGateway.Answer answer = send(pair, pair.speaker().say(pair.model(), "hello", true));

        Heard heard = pair.speaker().stream(answer.body());
        assertThat(heard.text()).isEqualTo("cut off he");
        assertThat(heard.stop()).isEqualTo(pair.speaker().lengthWord());
        assertThat(heard.in()).isEqualTo(11);
        assertThat(heard.out()).isEqualTo(7);
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id")))
                .containsExactly("request.admitted", "request.completed");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream_nodeDies_endsWithAnErrorInTheDialect(Pair pair) {
        upstream.script((_, reply) -> {
            String stream = pair.node().stream(FakeNode.Script.of("half of what was to be said"));
            reply.streamHead();
            reply.chunk(stream.substring(0, stream.lastIndexOf("half of") + 100));
            reply.reset();
        });

        LiveGateway.Answer answer = send(pair, pair.speaker().say(pair.model(), "hello", true));

        // A stream that had not begun is an error with a status, one that had ends in one.
        assertThat(answer.body()).contains("\"error\"");
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id")))
                .containsExactly("request.admitted", "request.failed");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whole_nodeFailsOrIsBusy_isTheDialectsError(Pair pair) {
        upstream.script((_, reply) -> reply.json(500, "{\"error\":\"internals\"}"));
        LiveGateway.Answer failed = send(pair, pair.speaker().say(pair.model(), "hello", false));
        upstream.script((_, reply) -> reply.json(503, "{\"error\":\"server busy\"}"));
        LiveGateway.Answer busy = send(pair, pair.speaker().say(pair.model(), "hello", false));

        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.body()).doesNotContain("internals");
        assertThat(pair.speaker().error(failed.json())).isNotBlank();
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers()).containsKey("retry-after");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream_callerHangsUp_nodeIsToldAndTheEndingIsRecorded(Pair pair) throws Exception {
        String stream =
                pair.node().stream(FakeNode.Script.of("word ".repeat(4_000)).pieces(5));
        upstream.script((_, reply) -> {
            reply.streamHead();
            for (int i = 0; i + 100 < stream.length(); i += 100) {
                reply.chunk(stream.substring(i, i + 100));
                Thread.sleep(2);
            }
            reply.awaitHangUp();
            throw new IOException("gone");
        });
        String body = pair.speaker().say(pair.model(), "hello", true);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write(("POST " + pair.speaker().path()
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Authorization: Bearer " + gateway.key() + "\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            in.readNBytes(400);
        }

        assertThat(upstream.awaitHangUp(Duration.ofSeconds(5))).isTrue();
        new Recorded(gateway.data())
                .await(
                        entry -> entry.text("type").equals("request.cancelled")
                                && entry.text("node")
                                        .equals("node-" + pair.node().type()),
                        Duration.ofSeconds(5));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> faults() {
        return speakers().stream()
                .flatMap(speaker -> Stream.of(
                                new Object[] {"{", 400},
                                new Object[] {"[1]", 400},
                                new Object[] {"", 400},
                                new Object[] {speaker.say("nobody", "hello", false), 404},
                                new Object[] {speaker.say("", "hello", false), 400},
                                new Object[] {
                                    speaker.say("m-openai", "hello", false).replace("\"user\"", "\"king\""), 400
                                },
                                new Object[] {
                                    speaker.say("m-openai", "hello", false).replace("\"hello\"", "7"), 400
                                })
                        .map(fault -> org.junit.jupiter.params.provider.Arguments.of(speaker, fault[0], fault[1])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void say_faulty_isTheDialectsErrorAndNothingIsForwarded(Speaker speaker, String body, int status) {
        LiveGateway.Answer answer = gateway.send(speaker.request(gateway.url(speaker.path()), gateway.key(), body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(speaker.error(answer.json())).isNotBlank();
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(upstream.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void say_withoutAKey_is401InTheDialect(Speaker speaker) {
        LiveGateway.Answer answer = gateway.send(
                speaker.request(gateway.url(speaker.path()), "imk_wrong", speaker.say("m-openai", "hello", false)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(speaker.error(answer.json())).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void say_overTheQuota_is429InTheDialect(Speaker speaker) {
        String team = "quota-" + speaker.dialect();
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"" + team + "\",\"name\":\"t\"}");
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:" + team + "\",\"limits\":[{\"unit\":\"requests\",\"amount\":1,\"per\":\"PT1H\"}]}");
        String key = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"" + team + "\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
        Pair pair = new Pair(speaker, nodes().getFirst());
        answering(pair, FakeNode.Script.of("ok"), false, 0);
        var request = speaker.request(gateway.url(speaker.path()), key, speaker.say(pair.model(), "hello", false));

        LiveGateway.Answer first = gateway.send(request);
        LiveGateway.Answer second = gateway.send(request);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.headers()).containsKey("retry-after");
        assertThat(speaker.error(second.json())).isNotBlank();
        assertThat(upstream.requests()).hasSize(1);
        assertThat(first.headers().keySet().stream().filter(name -> name.contains("ratelimit")))
                .as("quota headers")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void stream_keyIsRevoked_endsTheStreamInTheDialect(Speaker speaker) throws Exception {
        LiveGateway.Answer made = gateway.admin(
                "POST", "/admin/v1/keys", "{\"team\":\"default\",\"project\":\"default\",\"name\":\"short-lived\"}");
        Pair pair = new Pair(speaker, nodes().getFirst());
        String stream =
                pair.node().stream(FakeNode.Script.of("word ".repeat(500)).pieces(5));
        var begun = new java.util.concurrent.CountDownLatch(1);
        upstream.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(stream.substring(0, stream.length() / 2));
            begun.countDown();
            reply.awaitHangUp();
            throw new IOException("gone");
        });
        var ended = java.util.concurrent.CompletableFuture.supplyAsync(() -> gateway.send(speaker.request(
                gateway.url(speaker.path()),
                made.json().path("key").asString(),
                speaker.say(pair.model(), "hello", true))));
        begun.await();

        gateway.admin("DELETE", "/admin/v1/keys/" + made.json().path("id").asString(), "");

        assertThat(ended.get().body()).contains("\"error\"");
        assertThat(upstream.awaitHangUp(Duration.ofSeconds(5))).isTrue();
    }
}
