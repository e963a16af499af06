// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.net.DeclaredAddresses;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The cases of docs/redaction-cases.md that are about what is asked, on the wire. */
class RedactionCasesRequestTest {
    private static final Pattern SURROGATE = Pattern.compile("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");
    private static final String EMAIL = "margaret.thornbury@example.com";
    private static final String OTHER = "ana.garcia@example.org";

    @TempDir
    static Path folder;

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        upstream = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(upstream.url()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
        upstream.script((request, reply) -> reply.json(200, RecordingUpstream.completion("\"ok\"", "", 1, 1)));
    }

    private static String body(String messages) {
        return "{\"model\":\"m\",\"messages\":[" + messages + "]}";
    }

    private static String seen() {
        assertThat(upstream.requests()).hasSize(1);
        return upstream.requests().getFirst().body();
    }

    private static List<String> surrogates(String text) {
        return SURROGATE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String content(LiveGateway.Answer answer) {
        return answer.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString();
    }

    @Test
    @DisplayName("case 5: two persons in two messages never get each other's data back")
    void case05_twoValuesInTwoMessages_comeBackEachAsItself() {
        upstream.script((request, reply) -> {
            List<String> minted = surrogates(request.body());
            reply.json(
                    200,
                    RecordingUpstream.completion(
                            "\"second " + minted.get(1) + " first " + minted.get(0) + "\"", "", 1, 1));
        });

        LiveGateway.Answer answer = gateway.chat(body("{\"role\":\"user\",\"content\":\"I am " + EMAIL
                + "\"},{\"role\":\"user\",\"content\":\"I am " + OTHER + "\"}"));

        assertThat(content(answer)).isEqualTo("second " + OTHER + " first " + EMAIL);
    }

    @Test
    @DisplayName("case 6: a value has the same surrogate in every turn, also where its history grows")
    void case06_valueInLaterTurns_hasTheSurrogateOfTheFirst() {
        gateway.say("I am " + EMAIL);
        gateway.chat(body("{\"role\":\"user\",\"content\":\"I am " + EMAIL
                + "\"},{\"role\":\"assistant\",\"content\":\"hello\"},{\"role\":\"user\",\"content\":\"and " + OTHER
                + " knows " + EMAIL + "\"}"));

        String first = surrogates(upstream.requests().get(0).body()).getFirst();
        List<String> second = surrogates(upstream.requests().get(1).body());
        assertThat(second.get(0)).isEqualTo(first);
        assertThat(second.get(2)).isEqualTo(first);
        assertThat(second.get(1)).isNotEqualTo(first);
    }

    @Test
    @DisplayName("case 7: what one request maps is not there for the next on the same connection")
    void case07_nextRequestOnTheConnection_restoresNothingOfTheFirst() {
        gateway.say("I am " + EMAIL);
        String old = surrogates(seen()).getFirst();
        upstream.script((request, reply) ->
                reply.json(200, RecordingUpstream.completion("\"You said " + old + "\"", "", 1, 1)));

        assertThat(content(gateway.say("who am I?"))).isEqualTo("You said " + old);
    }

    @Test
    @DisplayName("case 9: tool calls in the history are hidden")
    void case09_toolCallsInTheHistory_areHidden() {
        String arguments = LiveGateway.JSON.writeValueAsString("{\"to\":\"" + EMAIL + "\",\"nested\":\"{\\\"cc\\\":\\\""
                + OTHER + "\\\"}\",\"card\":4111111111111111}");

        gateway.chat(body("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_abcdefgh1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"mail\",\"arguments\":" + arguments
                + "}}]},{\"role\":\"user\",\"content\":\"go on\"}"));

        JsonNode sent = LiveGateway.JSON
                .readTree(seen())
                .path("messages")
                .path(0)
                .path("tool_calls")
                .path(0);
        JsonNode tree = LiveGateway.JSON.readTree(
                sent.path("function").path("arguments").asString());
        assertThat(seen()).doesNotContain("thornbury").doesNotContain("garcia").doesNotContain("4111111");
        assertThat(tree.path("to").asString()).matches(SURROGATE);
        assertThat(LiveGateway.JSON
                        .readTree(tree.path("nested").asString())
                        .path("cc")
                        .asString())
                .matches(SURROGATE);
    }

    @Test
    @DisplayName("case 10: results of tools are hidden")
    void case10_toolResult_isHidden() {
        gateway.chat(body("{\"role\":\"user\",\"content\":\"look\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":"
                + "\"call_abcdefgh1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":"
                + "\"call_abcdefgh1\",\"content\":\"{\\\"email\\\":\\\"" + EMAIL + "\\\"}\"}"));

        assertThat(seen()).doesNotContain("thornbury").contains("call_abcdefgh1");
    }

    @ParameterizedTest(name = "{0}, stream {1}")
    @DisplayName("case 13: the way that is tested is the way that requests go, for every operation")
    @CsvSource({"/v1/chat/completions,false", "/v1/chat/completions,true", "/v1/embeddings,false"})
    void case13_everyWay_hidesTheCanary(String path, boolean stream) {
        String text = "\"canary " + EMAIL + "\"";
        String body = path.endsWith("embeddings")
                ? "{\"model\":\"m\",\"input\":" + text + "}"
                : "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":" + text
                        + "}]}";

        gateway.post(path, body, gateway.key());

        assertThat(seen()).contains("canary").doesNotContain("thornbury");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 14: fields that this gateway does not know are hidden like those it knows")
    @ValueSource(
            strings = {
                "\"instructions\":\"VALUE\"",
                "\"input\":[{\"type\":\"input_text\",\"text\":\"VALUE\"}]",
                "\"prediction\":{\"type\":\"content\",\"content\":\"VALUE\"}",
                "\"user\":\"VALUE\"",
                "\"metadata\":{\"k\":\"VALUE\"}",
                "\"x_new\":[[{\"deep\":{\"VALUE\":1}}]]",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"VALUE\"}}]",
                "\"stop\":[\"VALUE\"]"
            })
    void case14_unknownFields_areHidden(String field) {
        gateway.chat("{\"model\":\"m\"," + field.replace("VALUE", EMAIL)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(seen()).doesNotContain("thornbury");
        assertThat(surrogates(seen())).hasSize(1);
    }

    @Test
    @DisplayName("case 15: the record says what was done, not that a guard was there")
    void case15_record_countsWhatWasDone() {
        LiveGateway.Answer answer = gateway.say("I am " + EMAIL + ", on 12.03.2024");

        JsonNode record = gateway.records().stream()
                .filter(r -> r.path("id").asString("").equals(answer.headers().get("x-request-id")))
                .filter(r -> r.path("type").asString().equals("request.completed"))
                .findFirst()
                .orElseThrow();
        assertThat(record.path("pii").path("EMAIL").path("pseudonymize").asInt())
                .isEqualTo(1);
        assertThat(record.path("pii").path("DATE").path("allow").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("case 15: a stream of another API is hidden, restored and recorded like any")
    void case15_streamOfMessages_isHiddenRestoredAndRecorded() {
        upstream.script((request, reply) -> {
            String minted = surrogates(request.body()).getLast();
            Chunks.script(Chunks.says("You are " + minted + "!", 3) + Chunks.ends("stop"), 50)
                    .answer(request, reply);
        });

        LiveGateway.Answer answer = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":50,\"stream\":true,\"system\":[{\"type\":\"text\",\"text\":\"of "
                        + OTHER + "\"}],\"messages\":[{\"role\":\"user\",\"content\":\"I am " + EMAIL + "\"}]}",
                gateway.key());

        assertThat(seen()).doesNotContain("thornbury").doesNotContain("garcia");
        String said = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> LiveGateway.JSON
                        .readTree(line.substring(6))
                        .path("delta")
                        .path("text")
                        .asString(""))
                .collect(java.util.stream.Collectors.joining());
        assertThat(said).as(answer.body()).isEqualTo("You are " + EMAIL + "!");
        JsonNode record = gateway.records().stream()
                .filter(r -> r.path("type").asString().equals("request.completed"))
                .filter(r -> r.path("scanned").asString("").equals("system=1 user=1"))
                .findFirst()
                .orElseThrow();
        assertThat(record.path("masked").asString()).isEqualTo("system=1 user=1");
        assertThat(record.path("pii").path("EMAIL").path("pseudonymize").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 22: system, developer, assistant and every earlier message are hidden")
    @ValueSource(strings = {"system", "developer", "assistant", "user"})
    void case22_everyRole_isHidden(String role) {
        gateway.chat(body("{\"role\":\"" + role + "\",\"content\":\"about " + EMAIL + "\",\"name\":\"" + OTHER
                + "\"},{\"role\":\"user\",\"content\":\"go on\"}"));

        assertThat(seen()).doesNotContain("thornbury").doesNotContain("garcia").contains("go on");
    }

    @Test
    @DisplayName("case 23: arrays of parts and null contents hide as strings do")
    void case23_partsAndNullContents_areHidden() {
        gateway.chat(body("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one " + EMAIL
                + "\"},{\"type\":\"text\",\"text\":\"two " + OTHER
                + "\"}]},{\"role\":\"assistant\",\"content\":null,\"refusal\":\"not to " + EMAIL + "\"}"));

        assertThat(seen()).doesNotContain("thornbury").doesNotContain("garcia").contains("\"content\":null");
    }

    @Test
    @DisplayName("case 26: logs, records, metrics and errors hold no value")
    void case26_logsRecordsAndMetrics_holdNoValue() {
        String logged;
        try (Captured log = Captured.everything()) {
            gateway.say("I am " + EMAIL);
            gateway.chat("{\"model\":\"" + EMAIL + "\",\"messages\":[]}");
            logged = log.text();
        }

        assertThat(logged).isNotEmpty().doesNotContain("thornbury");
        assertThat(gateway.records().toString()).contains("EMAIL").doesNotContain("thornbury");
        assertThat(gateway.admin("GET", "/metrics", "").body()).doesNotContain("thornbury");
    }

    @Test
    @DisplayName("case 28: nothing is asked of anybody outside: the only connection is the node's")
    void case28_detection_needsNobodyOutside() {
        gateway.say("I am " + EMAIL);

        assertThat(upstream.requests()).hasSize(1);
        assertThat(seen()).contains("\"model\":\"upstream-model\"");
        assertThat(DeclaredAddresses.allows("analyzer.example.com")).isFalse();
    }

    @Test
    @DisplayName("case 30: a long text is examined to its end")
    void case30_longText_isHiddenToItsEnd() {
        String filler = "The weather stays as it is and nobody minds. ".repeat(30_000);

        LiveGateway.Answer answer =
                gateway.say("I am " + EMAIL + ". " + filler + " Card 4111 1111 1111 1111. " + filler + OTHER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(seen())
                .hasSizeGreaterThan(2_500_000)
                .doesNotContain("thornbury")
                .doesNotContain("garcia");
        assertThat(seen()).doesNotContain("4111 1111");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 33: images, audio and files, which nobody examines, are refused")
    @ValueSource(
            strings = {
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}}",
                "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JVBERi0=\"}}"
            })
    void case33_partsThatNobodyExamines_areRefused(String part) {
        LiveGateway.Answer answer = gateway.chat(body("{\"role\":\"user\",\"content\":[" + part + "]}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    @DisplayName("case 34: one owner rewrites: a surrogate in a text is not rewritten again")
    void case34_surrogateInAText_isNotRewrittenAgain() {
        gateway.say("I am " + EMAIL);
        String minted = surrogates(seen()).getFirst();
        upstream.forget();

        gateway.say("You called me " + minted + " and I am " + EMAIL);

        assertThat(seen()).contains("You called me " + minted + " and I am " + minted);
    }

    @Test
    @DisplayName("case 36: embeddings are hidden; token ids, which nobody can examine, are refused")
    void case36_embeddings_areHiddenOrRefused() {
        gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a " + EMAIL + "\",\"b\"]}", gateway.key());
        assertThat(seen()).doesNotContain("thornbury");
        upstream.forget();

        LiveGateway.Answer refused =
                gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":[1,2,3]}", gateway.key());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    @DisplayName("cases 38 and 39: two teams share neither answers nor surrogates")
    void case38and39_twoTeams_shareNothing() {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"blue\",\"name\":\"Blue\"}");
        String key = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"blue\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
        String body = body("{\"role\":\"user\",\"content\":\"I am " + EMAIL + "\"}");

        gateway.chat(body);
        gateway.post("/v1/chat/completions", body, key);

        assertThat(upstream.requests()).hasSize(2);
        String ours = surrogates(upstream.requests().get(0).body()).getFirst();
        String theirs = surrogates(upstream.requests().get(1).body()).getFirst();
        assertThat(theirs).startsWith("[EMAIL_").isNotEqualTo(ours);
    }

    @Test
    @DisplayName("case 40: a surrogate that a person typed stays what it is")
    void case40_typedSurrogate_staysAsItIs() {
        upstream.script((request, reply) -> reply.json(
                200,
                RecordingUpstream.completion("\"[PERSON_aaaaaaaa] <PERSON_1> [EMAIL] [EMAIL_abcdefgh]\"", "", 1, 1)));

        LiveGateway.Answer answer = gateway.say("What is [PERSON_aaaaaaaa], and <PERSON_1>? I am " + EMAIL);

        assertThat(seen()).contains("[PERSON_aaaaaaaa], and <PERSON_1>?");
        assertThat(content(answer)).isEqualTo("[PERSON_aaaaaaaa] <PERSON_1> [EMAIL] [EMAIL_abcdefgh]");
    }

    /** Bytes as they are, which a text could not say. */
    private static LiveGateway.Answer send(byte[] body) {
        return gateway.send(HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void badInput_invalidUtf8_isRefused() {
        byte[] body = body("{\"role\":\"user\",\"content\":\"I am ?? " + EMAIL + "\"}")
                .getBytes(UTF_8);
        int at = new String(body, UTF_8).indexOf("??");
        body[at] = (byte) 0xc3;
        body[at + 1] = (byte) 0x28;

        LiveGateway.Answer answer = send(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_json");
        assertThat(upstream.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void badInput_loneSurrogates_areRefused(String lone) {
        LiveGateway.Answer answer = gateway.chat(body("{\"role\":\"user\",\"content\":\"a " + lone + " b\"}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_json");
        assertThat(upstream.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\\u0000", "\\u0007\\u001b[2J", "\\u202e", "\\u200b\\ufeff", "Привет 日本 مرحبا"})
    void badInput_strangeCharacters_goOnAndTheValueDoesNot(String strange) {
        LiveGateway.Answer answer =
                gateway.chat(body("{\"role\":\"user\",\"content\":\"" + strange + " " + EMAIL + " " + strange + "\"}"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String sent = LiveGateway.JSON
                .readTree(seen())
                .path("messages")
                .path(0)
                .path("content")
                .asString();
        String expected = LiveGateway.JSON.readTree("\"" + strange + "\"").asString();
        assertThat(sent).startsWith(expected + " [EMAIL_").endsWith("] " + expected);
    }

    @Test
    void badInput_singleLineBeyondTheLimit_isRefused() {
        LiveGateway.Answer answer = gateway.say("x".repeat(10_000_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void names_thatBecomeOne_loseNeitherValue() {
        gateway.chat("{\"model\":\"m\",\"metadata\":{\"" + EMAIL + "\":\"first\",\"" + EMAIL.toUpperCase(Locale.ROOT)
                + "\":\"second\"},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        JsonNode metadata = LiveGateway.JSON.readTree(seen()).path("metadata");
        assertThat(seen().toLowerCase(Locale.ROOT)).doesNotContain("thornbury");
        assertThat(metadata.valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("first", "second");
    }
}
