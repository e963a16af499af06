// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
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
import tools.jackson.databind.JsonNode;

/** The servers of the OpenAI API, by their differences: what each gets, and what is made of its ways to answer. */
class EnginesWireTest {
    private static final String SAY = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        StringBuilder resources = new StringBuilder();
        for (String engine : List.of("vllm", "llamacpp", "tgi", "sglang", "lmstudio"))
            resources.append("""
                    apiVersion: intramuros.io/v1
                    kind: Node
                    metadata: { name: node-%1$s }
                    spec: { type: openai, engine: %1$s, url: "%2$s" }
                    ---
                    apiVersion: intramuros.io/v1
                    kind: Model
                    metadata: { name: m-%1$s }
                    spec:
                      replicas: [ { node: node-%1$s, as: upstream-model } ]
                      context: 8192
                      capabilities: [chat, completion, tools, embedding, rerank]
                    ---
                    """.formatted(engine, node.url()));
        gateway = LiveGateway.start(
                folder, List.of(node.url()), resources.toString(), Map.of(Setting.NODE_JUDGED, "1000"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void wellBehaved() {
        node.forget();
        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
    }

    private static JsonNode seen() {
        return LiveGateway.JSON.readTree(node.requests().getLast().body());
    }

    private static String keyOfTeam(String team) {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"" + team + "\",\"name\":\"t\"}");
        return gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"" + team + "\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
    }

    private static String salt(String path, String body, String key) {
        gateway.post(path, body, key);
        return seen().path("cache_salt").asString("");
    }

    @Test
    void vllm_everyPath_hasTheTeamsSaltAndNobodyElses() {
        String mine = keyOfTeam("salted");
        String theirs = keyOfTeam("peppered");
        String chat = "{\"model\":\"m-vllm\",\"cache_salt\":\"of-a-caller\"," + SAY + "}";

        String salt = salt("/v1/chat/completions", chat, mine);

        assertThat(salt).hasSize(43).isNotEqualTo("of-a-caller");
        assertThat(salt("/v1/chat/completions", chat, mine)).isEqualTo(salt);
        assertThat(salt("/v1/completions", "{\"model\":\"m-vllm\",\"cache_salt\":\"x\",\"prompt\":\"p\"}", mine))
                .isEqualTo(salt);
        assertThat(salt("/v1/responses", "{\"model\":\"m-vllm\",\"input\":\"p\"}", mine))
                .isEqualTo(salt);
        assertThat(salt("/v1/messages", "{\"model\":\"m-vllm\",\"max_tokens\":9," + SAY + "}", mine))
                .isEqualTo(salt);
        assertThat(salt("/api/chat", "{\"model\":\"m-vllm\",\"stream\":false," + SAY + "}", mine))
                .isEqualTo(salt);
        assertThat(salt("/v1/embeddings", "{\"model\":\"m-vllm\",\"cache_salt\":\"x\",\"input\":\"p\"}", mine))
                .isEqualTo(salt);
        assertThat(salt("/v1/chat/completions", chat, theirs)).hasSize(43).isNotEqualTo(salt);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, '\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]'",
        "/v1/completions, '\"prompt\":\"p\"'",
        "/v1/embeddings, '\"input\":\"p\"'",
        "/v1/rerank, '\"query\":\"q\",\"documents\":[\"d\"]'",
    })
    void otherServers_aCallersSaltCapAndPlace_areTakenOut(String path, String fields) {
        gateway.post(
                path,
                "{\"model\":\"m-sglang\",\"cache_salt\":\"s\",\"priority\":-9,\"n_predict\":-1,\"extra_key\":\"e\","
                        + fields + "}",
                gateway.key());

        assertThat(seen().propertyNames()).doesNotContain("cache_salt", "priority", "extra_key");
        assertThat(seen().path("n_predict").asInt())
                .as("means nothing to this server")
                .isEqualTo(-1);
    }

    @Test
    void llamaCpp_capByItsOwnName_isNotTheCallers() {
        gateway.chat("{\"model\":\"m-llamacpp\",\"n_predict\":-1,\"max_completion_tokens\":50," + SAY + "}");

        assertThat(seen().has("n_predict")).isFalse();
        assertThat(seen().has("max_completion_tokens")).isFalse();
        assertThat(seen().path("max_tokens").asInt()).isEqualTo(50);
    }

    @Test
    void undeclaredServer_capByLlamaCppsName_isNotTheCallersEither() {
        gateway.chat("{\"model\":\"m\",\"n_predict\":-1,\"max_tokens\":50," + SAY + "}");

        assertThat(seen().has("n_predict")).isFalse();
        assertThat(seen().path("max_tokens").asInt()).isEqualTo(50);
    }

    @Test
    void tgi_getsWhatItTakes() {
        gateway.chat("{\"model\":\"m-tgi\",\"top_p\":1.0,\"max_completion_tokens\":50," + SAY + "}");

        assertThat(seen().has("top_p")).isFalse();
        assertThat(seen().has("max_completion_tokens")).isFalse();
        assertThat(seen().path("max_tokens").asInt()).isEqualTo(50);
    }

    @Test
    void lmStudio_anyObject_isASchemaThere() {
        gateway.chat("{\"model\":\"m-lmstudio\",\"response_format\":{\"type\":\"json_object\"}," + SAY + "}");

        assertThat(seen().path("response_format").path("type").asString()).isEqualTo("json_schema");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            m-vllm     | 400 | {"object":"error","message":"This model's maximum context length is 8 tokens.","code":400}
            m-llamacpp | 400 | {"error":{"code":400,"message":"m","type":"exceed_context_size_error"}}
            m-tgi      | 422 | {"error":"Input validation error: 'inputs' must have less than 8 tokens","error_type":"validation"}
            m-lmstudio | 400 | {"error":"Reached context length of 8 tokens"}
            """)
    void tooLongAPrompt_inEachServersShape_isOneCode(String model, int status, String body) {
        node.script((_, reply) -> reply.json(status, body));

        LiveGateway.Answer answer = gateway.chat("{\"model\":\"" + model + "\"," + SAY + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"Request failed during generation: of a secret\",\"error_type\":\"generation\"}",
                "{\"object\":\"error\",\"message\":\"of a secret\",\"code\":500}",
                "{\"error\":{\"message\":\"of a secret\",\"http_status_code\":500}}"
            })
    void stream_thatFailsInTheMiddleInAnyShape_isAnErrorWithoutItsWords(String failure) {
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"half of what was to be said \"}", "null"));
            reply.chunk("data: " + failure + "\n\n");
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat("{\"model\":\"m-tgi\",\"stream\":true," + SAY + "}");

        assertThat(answer.body())
                .contains("node_failed")
                .doesNotContain("secret")
                .doesNotContain("[DONE]");
    }

    @Test
    void stream_useBesideTheLastWords_isTakenThere() {
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"hi\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\"")
                    .replace(
                            "}]}",
                            "}],\"usage\":{\"prompt_tokens\":21,\"completion_tokens\":22,\"total_tokens\":43}}"));
            reply.chunk("data: [DONE]\n\n");
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat("{\"model\":\"m-llamacpp\",\"stream\":true," + SAY + "}");

        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("usage");
        assertThat(tokens(answer)).isEqualTo("{\"in\":21,\"out\":22}");
    }

    @Test
    void stream_withoutUseAndWithoutDone_countsItsPieces() {
        node.script((_, reply) -> {
            reply.streamHead();
            for (String word : List.of("one ", "two ", "three"))
                reply.chunk(RecordingUpstream.delta("{\"content\":\"" + word + "\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat("{\"model\":\"m-lmstudio\",\"stream\":true," + SAY + "}");

        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(tokens(answer)).endsWith("\"out\":3}");
    }

    private static String tokens(LiveGateway.Answer answer) {
        return gateway.records().stream()
                .filter(record ->
                        record.path("id").asString("").equals(answer.headers().get("x-request-id"))
                                && record.path("type").asString().equals("request.completed"))
                .findFirst()
                .orElseThrow()
                .path("tokens")
                .toString();
    }
}
