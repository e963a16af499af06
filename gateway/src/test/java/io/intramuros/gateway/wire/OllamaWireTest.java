// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Ollama's API as its tools use it, beyond what every dialect has. */
class OllamaWireTest {
    private static final String LINE =
            "{\"model\":\"upstream-model\",\"created_at\":\"2026-11-24T12:00:00Z\",\"response\":\"%s\",\"done\":%s}\n";

    @TempDir
    static Path folder;

    private static PairGateway pairs;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
        gateway = pairs.gateway();
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void forget() {
        pairs.upstream().forget();
    }

    private static LiveGateway.Answer get(String path) {
        return gateway.get(path, gateway.key());
    }

    @Test
    void version_goodAndBadKey_isHowClientsTestKeys() {
        assertThat(get("/api/version").json().path("version").asString()).matches("\\d+\\.\\d+\\.\\d+");
        LiveGateway.Answer bad = gateway.get("/api/version", "imk_wrong");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.json().path("error").asString()).isNotBlank();
    }

    @Test
    void tags_listsModelsWithCapabilities() {
        JsonNode models = get("/api/tags").json().path("models");

        assertThat(models.valueStream().map(model -> model.path("name").asString()))
                .contains("m", "gpt-4o-mini", "m-openai", "m-ollama");
        JsonNode model = models.valueStream()
                .filter(m -> m.path("name").asString().equals("m-ollama"))
                .findFirst()
                .orElseThrow();
        assertThat(model.path("capabilities").toString())
                .isEqualTo("[\"completion\",\"embedding\",\"tools\",\"insert\"]");
        assertThat(model.path("digest").asString()).hasSize(64);
        assertThat(model.path("details").path("context_length").asInt()).isEqualTo(8192);
    }

    @Test
    void ps_saysWhatIsLoaded() {
        JsonNode model = get("/api/ps").json().path("models").path(0);

        assertThat(model.path("context_length").asInt()).isEqualTo(8192);
        assertThat(model.path("expires_at").asString()).startsWith("2318");
    }

    @Test
    void show_byEitherName_hasWhatEditorsLookFor() {
        for (String field : List.of("model", "name")) {
            LiveGateway.Answer answer = pairs.post("/api/show", "{\"" + field + "\":\"m-openai:latest\"}");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("template").asString()).contains(".Suffix");
            assertThat(answer.json().path("parameters").asString()).matches("num_ctx +8192");
            assertThat(answer.json()
                            .path("model_info")
                            .path("intramuros.context_length")
                            .asInt())
                    .isEqualTo(8192);
        }
        LiveGateway.Answer plain = pairs.post("/api/show", "{\"model\":\"m\"}");
        assertThat(plain.json().path("template").asString()).doesNotContain(".Suffix");
        assertThat(pairs.post("/api/show", "{\"model\":\"nobody\"}").status()).isEqualTo(404);
        assertThat(pairs.post("/api/show", "{").status()).isEqualTo(400);
        assertThat(pairs.post("/api/show", "{\"model\":\"" + "x".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void pull_ofWhatIsThere_succeedsInTheSameWords() {
        LiveGateway.Answer stream = pairs.post("/api/pull", "{\"name\":\"m-openai\"}");
        LiveGateway.Answer whole = pairs.post("/api/pull", "{\"model\":\"m-openai\",\"stream\":false}");

        assertThat(stream.body().lines().toList()).first().isEqualTo("{\"status\":\"pulling manifest\"}");
        assertThat(stream.body().lines().toList()).last().isEqualTo("{\"status\":\"success\"}");
        assertThat(stream.headers()).containsEntry("content-type", "application/x-ndjson");
        assertThat(whole.json().path("status").asString()).isEqualTo("success");
        assertThat(pairs.post("/api/pull", "{\"model\":\"nobody\"}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/create", "POST,/api/copy", "DELETE,/api/delete", "POST,/api/push", "POST,/api/blobs/sha256:0"
    })
    void management_isRefused(String method, String path) {
        LiveGateway.Answer answer = gateway.send(HttpRequest.newBuilder(gateway.url(path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .method(method, HttpRequest.BodyPublishers.ofString("{\"model\":\"m\"}"))
                .build());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("error").asString()).contains("managed centrally");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat     | {"model":"m-ollama","messages":[]}                     | load
            /api/chat     | {"model":"m-ollama","messages":[],"keep_alive":0}      | unload
            /api/chat     | {"model":"m-ollama"}                                   | load
            /api/generate | {"model":"m-ollama"}                                   | load
            /api/generate | {"model":"m-ollama","prompt":"","keep_alive":"0s"}     | unload
            """)
    void load_withoutAPrompt_isAnsweredHere(String path, String body, String reason) {
        LiveGateway.Answer answer = pairs.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("done_reason").asString()).isEqualTo(reason);
        assertThat(answer.json().path("done").asBoolean()).isTrue();
        assertThat(pairs.upstream().requests()).isEmpty();
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id"))).containsExactly("request.completed");
    }

    @Test
    void generate_onAnotherKindOfNode_isAChat() {
        pairs.answers(RecordingUpstream.completion("\"blue\"", "", 4, 2));

        LiveGateway.Answer answer = pairs.post(
                "/api/generate",
                "{\"model\":\"m-openai\",\"system\":\"Be brief.\",\"prompt\":\"Which colour?\",\"stream\":false,"
                        + "\"options\":{\"temperature\":0.5,\"num_ctx\":100000,\"seed\":3},\"keep_alive\":-1}");

        assertThat(answer.json().path("response").asString()).isEqualTo("blue");
        assertThat(answer.json().path("eval_count").asInt()).isEqualTo(2);
        assertThat(answer.json().path("total_duration").asLong()).isGreaterThan(1_000_000L);
        assertThat(pairs.seenAt()).isEqualTo("/v1/chat/completions");
        assertThat(pairs.seen().path("messages").toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Which colour?\"}]");
        assertThat(pairs.seen().path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(pairs.seen().path("seed").asInt()).isEqualTo(3);
        assertThat(pairs.seen().has("num_ctx")).isFalse();
    }

    @Test
    void generate_withASuffix_isATextWithAGap() {
        pairs.answers("{\"choices\":[{\"text\":\"b\",\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1}}");

        LiveGateway.Answer answer = pairs.post(
                "/api/generate", "{\"model\":\"m-openai\",\"prompt\":\"a\",\"suffix\":\"c\",\"stream\":false}");

        assertThat(answer.json().path("response").asString()).isEqualTo("b");
        assertThat(pairs.seenAt()).isEqualTo("/v1/completions");
        assertThat(pairs.seen().path("suffix").asString()).isEqualTo("c");
        assertThat(pairs.post("/api/generate", "{\"model\":\"m\",\"prompt\":\"a\",\"suffix\":\"c\"}")
                        .body())
                .contains("insert");
    }

    @Test
    void generate_streamOfAnOllamaNode_passesWhatNobodyKnowsAndHoldsTheEndBack() {
        pairs.streams(LINE.formatted("Write to ", "false").replace("}", ",\"new\":1}")
                + LINE.formatted("you", "false")
                + LINE.formatted(
                        "!",
                        "true,\"done_reason\":\"stop\",\"context\":[1,2],\"prompt_eval_count\":5,"
                                + "\"eval_count\":3"));

        LiveGateway.Answer answer =
                pairs.post("/api/generate", "{\"model\":\"m-ollama\",\"prompt\":\"x\",\"new_field\":{\"a\":1}}");

        List<JsonNode> lines = answer.body()
                .lines()
                .map(line -> LiveGateway.JSON.readTree(line))
                .toList();
        assertThat(lines.getFirst().path("new").asInt()).isEqualTo(1);
        assertThat(lines.getFirst().path("model").asString()).isEqualTo("m-ollama");
        assertThat(String.join(
                        "",
                        lines.stream()
                                .map(line -> line.path("response").asString(""))
                                .toList()))
                .isEqualTo("Write to you!");
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.getLast().path("eval_count").asInt()).isEqualTo(3);
        assertThat(lines.getLast().has("context")).isFalse();
        assertThat(pairs.seen().path("new_field").path("a").asInt()).isEqualTo(1);
    }

    @Test
    void chat_runnersOptionsAndEndlessness_areNoCallersToChoose() {
        pairs.answers("{\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},\"done\":true}");

        pairs.post(
                "/api/chat",
                "{\"model\":\"m-ollama\",\"stream\":false,\"keep_alive\":-1,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"x\"}],\"options\":{\"num_ctx\":7,\"num_gpu\":0,\"num_thread\":1,"
                        + "\"num_predict\":-1,\"mirostat\":1}}");

        JsonNode options = pairs.seen().path("options");
        assertThat(options.path("num_ctx").asInt()).isEqualTo(8192);
        assertThat(options.path("num_predict").asInt()).isEqualTo(1000);
        assertThat(options.has("num_gpu") || options.has("num_thread")).isFalse();
        assertThat(options.path("mirostat").asInt()).isEqualTo(1);
        assertThat(pairs.seen().has("keep_alive")).isFalse();
    }

    @Test
    void embed_onBothKinds_givesVectors() {
        pairs.answers("{\"data\":[{\"embedding\":[0.5,-1]},{\"embedding\":[1,2]}],\"usage\":{\"prompt_tokens\":4}}");
        LiveGateway.Answer openai =
                pairs.post("/api/embed", "{\"model\":\"m-openai\",\"input\":[\"jane.roe@example.com\",\"b\"]}");
        assertThat(openai.json().path("embeddings").toString()).isEqualTo("[[0.5,-1.0],[1.0,2.0]]");
        assertThat(openai.json().path("prompt_eval_count").asInt()).isEqualTo(4);
        assertThat(pairs.seen().toString()).doesNotContain("jane.roe");
        assertThat(pairs.seen().path("encoding_format").asString()).isEqualTo("float");

        pairs.answers("{\"model\":\"upstream-model\",\"embeddings\":[[0.25]],\"prompt_eval_count\":3}");
        LiveGateway.Answer ollama = pairs.post("/api/embed", "{\"model\":\"m-ollama\",\"input\":\"a\"}");
        assertThat(ollama.json().path("embeddings").toString()).isEqualTo("[[0.25]]");
        assertThat(ollama.json().path("model").asString()).isEqualTo("m-ollama");
    }

    @Test
    void embeddings_ofOld_givesOneVector() {
        pairs.answers("{\"data\":[{\"embedding\":[0.5,-1]}],\"usage\":{\"prompt_tokens\":4}}");

        LiveGateway.Answer answer = pairs.post("/api/embeddings", "{\"model\":\"m-openai\",\"prompt\":\"a\"}");

        assertThat(answer.body()).isEqualTo("{\"embedding\":[0.5,-1.0]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat     | {"model":"m","messages":[{"role":"user","content":"x","images":["aGk="]}]}             | messages[0].images
            /api/chat     | {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"}]}]}      | /v1/chat/completions
            /api/chat     | {"model":"m","messages":[{"role":"assistant","tool_calls":[{"function":{"arguments":"{}"}}]}]} | arguments
            /api/chat     | {"model":"m","messages":"x"}                                                           | messages
            /api/chat     | {"model":"m","messages":[{"role":"user","content":"x"}],"options":{"top_k":"many"}}    | options
            /api/chat     | {"model":"m","messages":[{"role":"user","content":"x"}],"format":7}                    | format
            /api/chat     | {"model":"m","messages":[{"role":"user","content":"x"}],"think":7}                     | think
            /api/generate | {"model":"m","prompt":"x","context":[1,2,3]}                                           | context
            /api/generate | {"model":"m","prompt":7}                                                               | prompt
            /api/generate | {"model":"m-openai","prompt":"x","template":"{{ .Prompt }}"}                           | template
            /api/generate | {"model":"m-openai","prompt":"x","options":{"mirostat":2}}                             | options.mirostat
            /api/generate | {"model":"m-openai","prompt":"x","raw":true,"system":"s"}                              | system
            /api/embed    | {"model":"m-openai","input":[1,2]}                                                     | input
            """)
    void faultyOrInexpressible_isRefusedByName(String path, String body, String named) {
        LiveGateway.Answer answer = pairs.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).contains(named);
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"out of memory at Jane\"}\n", "no json\n", "[1]\n", ""})
    void stream_nodeFailsInTheMiddle_endsWithAnErrorLine(String end) {
        pairs.streams(LINE.formatted("half of what I wanted to say ", "false") + end);

        LiveGateway.Answer answer = pairs.post("/api/generate", "{\"model\":\"m-ollama\",\"prompt\":\"x\"}");

        assertThat(answer.body().lines().toList()).last().asString().startsWith("{\"error\":");
        assertThat(answer.body()).doesNotContain("memory").doesNotContain("Jane");
    }

    @Test
    void generate_bodySentAsAForm_isReadAsOllamaDoes() {
        pairs.answers("{\"response\":\"ok\",\"done\":true}");

        LiveGateway.Answer answer = gateway.send(HttpRequest.newBuilder(gateway.url("/api/generate"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"m-ollama\",\"prompt\":\"x\",\"stream\":false}"))
                .build());

        assertThat(answer.json().path("response").asString()).isEqualTo("ok");
    }
}
