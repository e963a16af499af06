// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A detector that throws or takes too long, on the wire: nothing unexamined passes, and the record says so. */
class RedactionFailuresTest {
    private static final String EMAIL = "margaret.thornbury@example.com";

    @TempDir
    static Path folder;

    private static final Tripwire TRIPWIRE = new Tripwire();

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        upstream = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(
                folder,
                List.of(upstream.url()),
                "",
                Map.of(Setting.REDACTION_TIME, "PT1.5S", Setting.REDACTION_PERMITS, "1"),
                List.of(TRIPWIRE));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
        upstream.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"ok\"", "", 1, 1)));
    }

    private static String body(boolean stream, String system, String user) {
        return "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"system\",\"content\":\"" + system
                + "\"},{\"role\":\"user\",\"content\":\"" + user + "\"},{\"role\":\"user\",\"content\":\"more\"}]}";
    }

    private static JsonNode lastRecord(LiveGateway.Answer answer) {
        return gateway.records().stream()
                .filter(record ->
                        record.path("id").asString("").equals(answer.headers().get("x-request-id")))
                .max(java.util.Comparator.comparingLong(
                        record -> record.path("idx").asLong()))
                .orElseThrow();
    }

    @ParameterizedTest(name = "stream {0}")
    @DisplayName("case 16: a detector that throws: refused, nothing forwarded, the record says so")
    @ValueSource(booleans = {false, true})
    void case16_detectorThatThrows_refusesTheRequest(boolean stream) {
        LiveGateway.Answer answer;
        String logged;
        try (Captured log = Captured.everything()) {
            answer = gateway.chat(body(stream, "I am " + EMAIL, Tripwire.THROW + " of " + EMAIL));
            logged = log.text();
        }

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("redaction_failed");
        assertThat(upstream.requests()).isEmpty();
        assertThat(answer.body() + logged)
                .doesNotContain("thornbury", Tripwire.THROW)
                .contains("redaction");
        JsonNode record = lastRecord(answer);
        assertThat(record.path("type").asString()).isEqualTo("request.denied");
        assertThat(record.path("outcome").asString()).isEqualTo("redaction_failed");
        assertThat(record.path("scanned").asString()).isEqualTo("system=1");
        assertThat(record.path("failed").asString()).isEqualTo("user=1");
        assertThat(record.path("unscanned").asString()).isEqualTo("user=1");
    }

    @Test
    @DisplayName("case 16: a detector that takes too long: refused, nothing forwarded, and the next request is served")
    void case16_detectorThatTakesTooLong_refusesTheRequestAndNoOther() {
        LiveGateway.Answer answer = gateway.chat(body(false, "x", Tripwire.SLOW));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("redaction_failed");
        assertThat(upstream.requests()).isEmpty();
        assertThat(lastRecord(answer).path("unscanned").asString()).isEqualTo("system=1 user=2");

        assertThat(gateway.say("the only permit is free again").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 16: an answer that cannot be examined is withheld")
    @ValueSource(strings = {Tripwire.THROW, Tripwire.SLOW})
    void case16_wholeAnswerThatCannotBeExamined_isWithheld(String trip) {
        upstream.script((_, reply) ->
                reply.json(200, RecordingUpstream.completion("\"ghp_half and " + trip + " \"", "", 1, 1)));

        LiveGateway.Answer answer = gateway.say("hello");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("redaction_failed");
        assertThat(answer.body()).doesNotContain("ghp_half");
        assertThat(lastRecord(answer).path("outcome").asString()).isEqualTo("redaction_failed");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("case 16: a stream that cannot be examined ends with an error before the piece")
    @ValueSource(strings = {Tripwire.THROW, Tripwire.SLOW})
    void case16_streamThatCannotBeExamined_endsWithAnError(String trip) {
        upstream.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(Chunks.says("All is well. ", 50));
            reply.chunk(Chunks.says("And " + trip + " then ", 100));
            reply.chunk(Chunks.says("more ", 100) + Chunks.ends("stop"));
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat(body(true, "x", "hello"));

        assertThat(answer.body()).contains("redaction_failed").doesNotContain(trip, "more", "[DONE]");
        assertThat(Chunks.content(answer.body())).startsWith("All is well. ");
        JsonNode record = lastRecord(answer);
        assertThat(record.path("type").asString()).isEqualTo("request.failed");
        assertThat(record.path("outcome").asString()).isEqualTo("redaction_failed");
    }

    @Test
    void record_ofAServedRequest_saysWhatWasScannedMaskedAndSkipped() {
        String arguments = "{\\\"to\\\":\\\"" + EMAIL + "\\\"}";
        LiveGateway.Answer answer = gateway.chat("{\"model\":\"m\",\"user\":\"u-1\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"be kind\"},"
                + "{\"role\":\"user\",\"name\":\"ana\",\"content\":[{\"type\":\"text\",\"text\":\"I am " + EMAIL
                + "\"}]},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_abcdefgh1\",\"type\":"
                + "\"function\",\"function\":{\"name\":\"mail\",\"arguments\":\"" + arguments + "\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_abcdefgh1\",\"content\":\"sent\"}],"
                + "\"metadata\":{\"ana@example.org\":\"1\"},\"x_private_name\":\"t\"}");

        JsonNode record = lastRecord(answer);
        assertThat(record.path("type").asString()).isEqualTo("request.completed");
        assertThat(record.path("scanned").asString())
                .isEqualTo(
                        "assistant.arguments=1 metadata=1 metadata.key=1 other=1 system=1 tool=1 user=2 user.name=1");
        assertThat(record.path("masked").asString()).isEqualTo("assistant.arguments=1 metadata.key=1 user=1");
        assertThat(record.path("skipped").asString())
                .as("roles, types, ids, model, tool's name")
                .matches("protocol=\\d+");
        assertThat(record.has("failed")).isFalse();
        assertThat(record.toString()).doesNotContain("x_private_name", "thornbury");
    }

    @Test
    void record_ofAnAnswerWithASecret_countsIt() {
        upstream.script((_, reply) -> reply.json(
                200, RecordingUpstream.completion("\"use ghp_16C7e42F292c6912E7710c838347Ae178B4a now\"", "", 1, 1)));

        assertThat(lastRecord(gateway.say("which?")).path("answerPii").asString())
                .isEqualTo("SECRET.mask=1");
    }

    @Test
    void oldTurns_areNotSearchedAgainUntilTheDetectorsChange() throws Exception {
        String turn = "My address since last May is " + EMAIL + ", as you know.";
        String conversation = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + turn
                + "\"},{\"role\":\"user\",\"content\":\"and what is new in turn %d of ours?\"}]}";
        for (int i = 0; i < 3; i++) gateway.chat(conversation.formatted(i));

        assertThat(TRIPWIRE.asked(turn)).isEqualTo(1);
        assertThat(upstream.requests())
                .hasSize(3)
                .allSatisfy(request ->
                        assertThat(request.body()).doesNotContain("thornbury").contains("[EMAIL_"));

        String version = version();
        Files.writeString(gateway.config().resolve("more.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Policy
                metadata: { name: mask-emails }
                spec:
                  appliesTo: { teams: [nobody] }
                  request: { EMAIL: mask }
                """);
        Instant patience = Instant.now().plus(Duration.ofSeconds(30));
        while (version().equals(version)) assertThat(Instant.now()).isBefore(patience);
        gateway.chat(conversation.formatted(3));

        assertThat(TRIPWIRE.asked(turn)).isEqualTo(2);
    }

    private static String version() {
        return gateway.admin("GET", "/admin/v1/policies", "")
                .json()
                .path("version")
                .asString();
    }

    @ParameterizedTest(name = "deltas of {0} characters")
    @ValueSource(ints = {1, 2, 3})
    void stream_surrogatePairsCutByTheNode_areWhole(int size) {
        upstream.script((request, reply) -> {
            StringBuilder events = new StringBuilder();
            String text = "a😀b👩‍👧c";
            for (int i = 0; i < text.length(); i += size) {
                StringBuilder escaped = new StringBuilder();
                for (char c :
                        text.substring(i, Math.min(text.length(), i + size)).toCharArray())
                    escaped.append("\\u%04x".formatted((int) c));
                events.append(RecordingUpstream.delta("{\"content\":\"" + escaped + "\"}", "null"));
            }
            events.append(RecordingUpstream.delta("{\"content\":\"\\ude00 lone \\ud83d\"}", "null"));
            Chunks.script(events + Chunks.ends("stop"), 7).answer(request, reply);
        });

        assertThat(Chunks.content(gateway.chat(body(true, "x", "hello")).body()))
                .isEqualTo("a😀b👩‍👧c\ufffd lone \ufffd");
    }
}
