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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Encrypting, making up and changing keys on the wire, and a detector that is slow with somebody else's answer. */
class RedactionActionsTest {
    private static final Pattern SURROGATE = Pattern.compile("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");
    private static final String EMAIL = "margaret.thornbury@corp.eu";
    private static final String POLICIES = """
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: sealed }
            spec:
              appliesTo: { teams: [sealed] }
              request: { EMAIL: encrypt }
            ---
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: everybody-else }
            spec:
              appliesTo: { teams: [default, sealed, made-up] }
              request: { default: pseudonymize }
              response: { restore: true, SECRET: mask }
            ---
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: watching }
            spec:
              mode: observe
              appliesTo: { teams: [watched] }
              request: { default: block }
              response: { default: block }
            ---
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: made-up }
            spec:
              appliesTo: { teams: [made-up] }
              request: { EMAIL: synthesize, CREDIT_CARD: synthesize, IBAN: synthesize }
            ---
            """;

    @TempDir
    static Path folder;

    private static final Tripwire TRIPWIRE = new Tripwire();

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;
    private static String key;
    private static String oldSurrogate;

    /** Starts it twice: what the first start minted is of an older version of the keys. */
    @BeforeAll
    static void start() {
        upstream =
                new RecordingUpstream((_, reply) -> reply.json(200, RecordingUpstream.completion("\"ok\"", "", 1, 1)));
        try (LiveGateway before =
                LiveGateway.start(folder, List.of(upstream.url()), POLICIES, Map.of(Setting.POLICY_PACK, "none"))) {
            key = before.key();
            before.say("I am " + EMAIL);
            oldSurrogate = surrogates(upstream.requests().getFirst().body()).getFirst();
        }
        gateway = LiveGateway.start(
                folder,
                List.of(upstream.url()),
                POLICIES,
                Map.of(Setting.POLICY_PACK, "none", Setting.REDACTION_KEY_VERSION, "2", Setting.REDACTION_TIME, "PT5M"),
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

    private static List<String> surrogates(String text) {
        return SURROGATE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String keyOf(String team) {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"" + team + "\",\"name\":\"" + team + "\"}");
        return gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"" + team + "\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
    }

    private static LiveGateway.Answer say(String text, String asKey, boolean stream) {
        return gateway.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                        + "\"}]}",
                asKey);
    }

    private static String content(LiveGateway.Answer answer) {
        return answer.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString();
    }

    private static String sent() {
        return LiveGateway.JSON
                .readTree(upstream.requests().getLast().body())
                .path("messages")
                .path(0)
                .path("content")
                .asString();
    }

    @Test
    void encrypt_isOpenedByTheAdminPlaneAloneAndForAReason() {
        say("I am " + EMAIL, keyOf("sealed"), false);
        String sealed = sent();
        assertThat(sealed).matches("I am \\[EMAIL:2:[a-z2-7]+]");
        String body = "{\"team\":\"%s\",\"text\":\"" + sealed + "\",\"reason\":\"%s\"}";

        LiveGateway.Answer opened =
                gateway.admin("POST", "/admin/v1/reveal", body.formatted("sealed", "case 4711 of the auditors"));

        assertThat(opened.json().path("text").asString()).isEqualTo("I am " + EMAIL);
        assertThat(opened.json().path("revealed").asInt()).isEqualTo(1);
        assertThat(gateway.admin("POST", "/admin/v1/reveal", body.formatted("default", "another team"))
                        .json()
                        .path("text")
                        .asString())
                .isEqualTo(sealed);
        assertThat(gateway.admin("POST", "/admin/v1/reveal", body.formatted("sealed", " "))
                        .status())
                .isEqualTo(400);
        List<JsonNode> records = gateway.records().stream()
                .filter(record -> record.path("type").asString().equals("redaction.revealed"))
                .toList();
        assertThat(records).hasSize(2);
        JsonNode record = records.stream()
                .filter(each -> each.path("team").asString().equals("sealed"))
                .findFirst()
                .orElseThrow();
        assertThat(record.path("actor").asString()).isEqualTo("admin");
        assertThat(record.path("reason").asString()).isEqualTo("case 4711 of the auditors");
        assertThat(record.path("types").asString()).isEqualTo("EMAIL");
        assertThat(record.toString()).doesNotContain("thornbury");
    }

    @Test
    void synthesize_reachesTheNodeAsAValueAndComesBackOnStreams() {
        upstream.script((request, reply) -> Chunks.script(
                        Chunks.says("You said: " + sent() + "!", 3) + Chunks.ends("stop"), 50)
                .answer(request, reply));
        String text = "Mail " + EMAIL + ", card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00";

        LiveGateway.Answer answer = say(text, keyOf("made-up"), true);

        assertThat(sent())
                .doesNotContain("thornbury", "1111 1111", "3704 0044")
                .matches("Mail \\S+@example\\.(com|org|net), card 4111( \\d{4}){3}, IBAN DE\\d\\d( \\d{4}){4} \\d\\d");
        assertThat(Chunks.content(answer.body())).isEqualTo("You said: " + text + "!");
    }

    @Test
    @DisplayName("case 27: a policy that only watches changes neither question nor answer, and is recorded")
    void case27_watchingPolicy_changesNothing() {
        String said = "Card 4111 1111 1111 1111 of ana@example.org";
        upstream.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"" + said + "\"", "", 1, 1)));

        LiveGateway.Answer answer = say("I am " + EMAIL, keyOf("watched"), false);

        assertThat(sent()).isEqualTo("I am " + EMAIL);
        assertThat(content(answer)).isEqualTo(said);
        JsonNode record = gateway.records().stream()
                .filter(each ->
                        each.path("id").asString("").equals(answer.headers().get("x-request-id")))
                .filter(each -> each.path("type").asString().equals("request.completed"))
                .findFirst()
                .orElseThrow();
        assertThat(record.path("observed").asString()).isEqualTo("watching");
        assertThat(record.path("wouldHave").asString()).isEqualTo("watching:block,EMAIL=block");
        assertThat(record.path("pii").path("EMAIL").path("allow").asInt()).isEqualTo(1);
        assertThat(record.path("masked").asString("")).isEmpty();
    }

    @Test
    void keyVersion_raised_mintsAnewAndStillRestoresWhatTheOneBeforeMinted() {
        upstream.script((request, reply) -> reply.json(
                200,
                RecordingUpstream.completion(
                        "\"" + oldSurrogate + " is "
                                + surrogates(request.body()).getFirst() + "\"",
                        "",
                        1,
                        1)));

        LiveGateway.Answer answer = say("I am " + EMAIL, key, false);

        assertThat(surrogates(upstream.requests().getFirst().body()).getFirst()).isNotEqualTo(oldSurrogate);
        assertThat(content(answer)).isEqualTo(EMAIL + " is " + EMAIL);
    }

    @Test
    void slowDetector_inOneAnswer_holdsUpNoOther() throws Exception {
        upstream.script((request, reply) -> {
            String said =
                    request.body().contains("be slow") ? "Well, " + Tripwire.WAIT + " and on " : "Quick as ever. ";
            Chunks.script(Chunks.says(said, 400) + Chunks.ends("stop"), 4096).answer(request, reply);
        });
        List<CompletableFuture<LiveGateway.Answer>> slow = new ArrayList<>();
        // As many as there are event loops, and more.
        for (int i = 0; i < Math.max(4, Runtime.getRuntime().availableProcessors() * 2); i++)
            slow.add(CompletableFuture.supplyAsync(() -> say("be slow", key, true), Thread::startVirtualThread));
        TRIPWIRE.awaitWaiting();

        for (int i = 0; i < 12; i++)
            assertThat(Chunks.content(say("be quick", key, true).body())).isEqualTo("Quick as ever. ");
        assertThat(slow).noneMatch(CompletableFuture::isDone);
        TRIPWIRE.release();

        for (CompletableFuture<LiveGateway.Answer> answer : slow)
            assertThat(Chunks.content(answer.get(60, TimeUnit.SECONDS).body()))
                    .isEqualTo("Well, " + Tripwire.WAIT + " and on ");
    }
}
