// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The cases of docs/redaction-cases.md that are about streams, on the wire. */
class RedactionCasesStreamTest {
    private static final Pattern SURROGATE = Pattern.compile("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");
    private static final String EMAIL = "jörg.müller@example.com";
    private static final String TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    private static final String BLOCKING = """
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: cards-stop }
            spec:
              response: { default: allow, CREDIT_CARD: block }
            ---
            apiVersion: intramuros.io/v1
            kind: Detector
            metadata: { name: partners }
            spec:
              words: ['O"Hara \\ Söhne']
            ---
            """;

    @TempDir
    static Path folder;

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        upstream = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(upstream.url()), BLOCKING, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    private static String ask(String text) {
        return ask(text, "");
    }

    private static String ask(String text, String more) {
        return "{\"model\":\"m\",\"stream\":true" + more + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + LiveGateway.JSON.writeValueAsString(text) + "}]}";
    }

    /** The first surrogate in what the node was sent. */
    private static String surrogate(RecordingUpstream.Request request) {
        Matcher found = SURROGATE.matcher(request.body());
        assertThat(found.find()).as("a surrogate reached the node").isTrue();
        return found.group();
    }

    @Test
    @DisplayName("case 1: a masked stream is still a stream")
    void case01_maskedStream_arrivesWhileTheNodeStillWrites() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        upstream.script((request, reply) -> {
            reply.streamHead();
            reply.chunk(Chunks.says("Dear " + surrogate(request) + " , welcome ", 400));
            if (!firstSeen.await(20, TimeUnit.SECONDS)) throw new IllegalStateException("nothing came through");
            reply.chunk(Chunks.says("back", 400) + Chunks.ends("stop"));
            reply.end();
        });
        HttpRequest request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + gateway.key())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ask("I am " + EMAIL)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            firstSeen.countDown();
            String rest = lines.lines().reduce("", (all, line) -> all + line + "\n");

            assertThat(first).contains(EMAIL);
            assertThat(Chunks.content(first + "\n" + rest)).isEqualTo("Dear " + EMAIL + " , welcome back");
        }
    }

    @ParameterizedTest(name = "deltas of {0} characters")
    @DisplayName("case 2: a surrogate split over events is restored")
    @ValueSource(ints = {1, 2, 3, 5, 8, 13})
    void case02_surrogateSplitOverEvents_isRestored(int size) {
        upstream.script((request, reply) -> {
            String answer = "Sent to " + surrogate(request) + ", and " + surrogate(request) + "!";
            Chunks.script(Chunks.says(answer, size) + Chunks.ends("stop"), 4096).answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.chat(ask("I am " + EMAIL));

        assertThat(Chunks.content(answer.body())).isEqualTo("Sent to " + EMAIL + ", and " + EMAIL + "!");
    }

    @ParameterizedTest(name = "network pieces of {0} bytes")
    @DisplayName("case 3: an event and a character split over network pieces are read whole")
    @ValueSource(ints = {1, 2, 3, 7})
    void case03_eventAndCharacterSplitOverPieces_areReadWhole(int bytes) {
        upstream.script((request, reply) -> {
            String answer = "Grüße 👩‍👧 日本 an " + surrogate(request) + " — ok";
            Chunks.script(Chunks.says(answer, 4) + Chunks.ends("stop"), bytes).answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.chat(ask("I am " + EMAIL));

        assertThat(Chunks.content(answer.body())).isEqualTo("Grüße 👩‍👧 日本 an " + EMAIL + " — ok");
    }

    @ParameterizedTest(name = "{0} characters of the surrogate")
    @DisplayName("case 4: a surrogate cut by max_tokens is shown as it came, nothing half restored")
    @ValueSource(ints = {1, 4, 7, 10, 14})
    void case04_surrogateCutByMaxTokens_isNeverHalfRestored(int kept) {
        upstream.script((request, reply) -> {
            String cut = surrogate(request).substring(0, kept);
            Chunks.script(Chunks.says("By " + cut, 2) + Chunks.ends("length"), 64)
                    .answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.chat(ask("I am " + EMAIL));

        String expected = surrogate(upstream.requests().getFirst()).substring(0, kept);
        assertThat(Chunks.content(answer.body())).isEqualTo("By " + expected);
        assertThat(answer.body()).doesNotContain("example.com").contains("\"finish_reason\":\"length\"");
    }

    @Test
    @DisplayName("case 11: tool arguments of the answer are restored, so that tools run with the value")
    void case11_toolArgumentsOfTheAnswer_areRestored() {
        upstream.script((request, reply) -> {
            String arguments = "{\"to\":\"" + surrogate(request) + "\",\"n\":1}";
            Chunks.script(Chunks.calls(0, arguments, 3) + Chunks.ends("tool_calls"), 50)
                    .answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.chat(ask("Mail " + EMAIL));

        assertThat(Chunks.arguments(answer.body(), 0)).isEqualTo("{\"to\":\"" + EMAIL + "\",\"n\":1}");
    }

    @Test
    @DisplayName("case 12: a value with quotes and newlines goes into arguments escaped")
    void case12_valueWithQuotes_isEscapedInArguments() {
        String key = "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----";
        String partner = "O\"Hara \\ Söhne";
        upstream.script((request, reply) -> {
            List<String> minted = SURROGATE
                    .matcher(request.body())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            String arguments = "{\"key\":\"" + minted.get(1) + "\",\"who\":\"" + minted.get(0) + "\"}";
            Chunks.script(Chunks.calls(0, arguments, 5) + Chunks.ends("tool_calls"), 80)
                    .answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.chat(ask("For " + partner + ":\n" + key));

        JsonNode arguments = LiveGateway.JSON.readTree(Chunks.arguments(answer.body(), 0));
        assertThat(upstream.requests().getFirst().body()).doesNotContain("Hara", "QUJD");
        assertThat(arguments.path("key").asString()).isEqualTo(key);
        assertThat(arguments.path("who").asString()).isEqualTo(partner);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 17: what is held back when a stream breaks is not flushed unscreened")
    @ValueSource(strings = {"data: {\"error\":{\"message\":\"out of memory\"}}\n\n", "data: not json\n\n", ""})
    void case17_streamThatBreaks_flushesNothingUnscreened(String broken) {
        upstream.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(Chunks.says("The token is " + TOKEN.substring(0, 30), 9));
            reply.chunk(broken.isEmpty() ? ": end\n\n" : broken);
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat(ask("which?"));

        assertThat(answer.body())
                .doesNotContain("ghp_16C7")
                .contains("\"error\"")
                .doesNotContain("[DONE]");
        assertThat(Chunks.content(answer.body())).isEqualTo("The token is ");
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id"))).endsWith("request.failed");
    }

    @ParameterizedTest(name = "deltas of {0} characters")
    @DisplayName("case 18: mask holds on streams as it does on whole answers")
    @ValueSource(ints = {1, 6, 500})
    void case18_maskOfThePolicy_holdsOnStreams(int size) {
        upstream.script(Chunks.script(Chunks.says("use " + TOKEN + " now", size) + Chunks.ends("stop"), 33));

        LiveGateway.Answer answer = gateway.chat(ask("which?"));

        assertThat(Chunks.content(answer.body())).isEqualTo("use [SECRET] now");
    }

    @ParameterizedTest(name = "deltas of {0} characters")
    @DisplayName("case 19: what a policy blocks in answers is never delivered before the verdict")
    @ValueSource(ints = {1, 7, 500})
    void case19_blockedAnswer_endsBeforeTheValue(int size) {
        upstream.script(Chunks.script(
                Chunks.says("Certainly, the card is 4111 1111 1111 1111 and valid", size) + Chunks.ends("stop"), 64));

        LiveGateway.Answer answer = gateway.chat(ask("which?"));

        assertThat(answer.body())
                .doesNotContain("4111")
                .doesNotContain("[DONE]")
                .contains("policy_blocked");
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id"))).endsWith("request.failed");
    }

    @ParameterizedTest(name = "deltas of {0} characters")
    @DisplayName("case 20: text in which nothing is found arrives to the letter")
    @ValueSource(ints = {1, 4, 17})
    void case20_harmlessText_arrivesToTheLetter(int size) {
        String text = "1. [x] `a_b` **PERSON** [PERSON_] {\"k\": [1, 2]}\n\n\tdone… \\[note\\] 100 % ok?";
        upstream.script(Chunks.script(Chunks.says(text, size) + Chunks.ends("stop"), 41));

        assertThat(Chunks.content(gateway.chat(ask("I am " + EMAIL)).body())).isEqualTo(text);
    }

    @Test
    @DisplayName("case 21: a policy that masks does not refuse streams")
    void case21_maskingPolicy_servesStreams() {
        upstream.script(Chunks.script(Chunks.says("fine", 2) + Chunks.ends("stop"), 64));

        LiveGateway.Answer answer = gateway.chat(ask("Card 4111 1111 1111 1111"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/event-stream;charset=utf-8");
        assertThat(upstream.requests().getFirst().body())
                .contains("\"stream\":true")
                .doesNotContain("4111");
    }

    @Test
    @DisplayName("case 37: a restored stream keeps its usage and one id")
    void case37_restoredStream_keepsUsageAndId() {
        upstream.script((request, reply) -> Chunks.script(
                        Chunks.says("To " + surrogate(request) + " it is", 4) + Chunks.ends("stop"), 64)
                .answer(request, reply));

        LiveGateway.Answer answer = gateway.chat(ask("I am " + EMAIL, ",\"stream_options\":{\"include_usage\":true}"));

        List<JsonNode> chunks = Chunks.of(answer.body());
        assertThat(chunks.getLast().path("usage").path("completion_tokens").asInt())
                .isEqualTo(7);
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.path("id").asString())
                        .isEqualTo("chatcmpl-" + answer.headers().get("x-request-id")));
        assertThat(chunks.stream()
                        .map(chunk -> chunk.path("choices")
                                .path(0)
                                .path("finish_reason")
                                .asString("")))
                .containsOnlyOnce("stop");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    @DisplayName("case 41: streams that declare tools are masked too, each call's arguments by themselves")
    void case41_parallelToolCalls_areScreenedAndRestoredEach() {
        upstream.script((request, reply) -> {
            String one = "{\"to\":\"" + surrogate(request) + "\"}";
            String two = "{\"token\":\"" + TOKEN + "\",\"cmd\":\"grep -r 'S3' .\"}";
            StringBuilder mixed = new StringBuilder();
            String[] ones = Chunks.calls(0, one, 2).split("(?<=\n\n)", -1);
            String[] twos = Chunks.calls(1, two, 3).split("(?<=\n\n)", -1);
            for (int i = 0; i < Math.max(ones.length, twos.length); i++) {
                if (i < ones.length) mixed.append(ones[i]);
                if (i < twos.length) mixed.append(twos[i]);
            }
            Chunks.script(mixed + Chunks.ends("tool_calls"), 70).answer(request, reply);
        });

        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"send\",\"parameters\":{}}}]";
        LiveGateway.Answer answer = gateway.chat(ask("Mail " + EMAIL, tools));

        assertThat(Chunks.arguments(answer.body(), 0)).isEqualTo("{\"to\":\"" + EMAIL + "\"}");
        assertThat(Chunks.arguments(answer.body(), 1)).isEqualTo("{\"token\":\"[SECRET]\",\"cmd\":\"grep -r 'S3' .\"}");
    }
}
