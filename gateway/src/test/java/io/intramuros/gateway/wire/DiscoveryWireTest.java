// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nodes that say which models they have. */
class DiscoveryWireTest {
    private static final String LISTED = """
            {"object":"list","data":[{"id":"org/found-7b","object":"model","max_model_len":4096},{"id":"m","object":"model"},\
            {"id":"no good name","object":"model"}]}""";
    private static final String TAGS = """
            {"models":[{"name":"llama9:latest","model":"llama9:latest","capabilities":["completion","tools"]},\
            {"name":"embed9:33m","model":"embed9:33m","capabilities":["embedding"]}]}""";

    @TempDir
    private Path folder;

    private RecordingUpstream vllm;
    private RecordingUpstream ollama;

    @BeforeEach
    void start() {
        vllm = new RecordingUpstream((request, reply) -> {
            if (request.line().startsWith("GET /v1/models ")) reply.json(200, LISTED);
            else reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3));
        });
        ollama = new RecordingUpstream((_, reply) -> reply.json(503, "{}"));
    }

    @AfterEach
    void stop() throws IOException {
        vllm.close();
        ollama.close();
    }

    private LiveGateway gateway() {
        return LiveGateway.start(
                folder,
                List.of(vllm.url()),
                """
                apiVersion: intramuros.io/v1
                kind: Node
                metadata: { name: found-vllm }
                spec: { type: openai, engine: vllm, discover: true, url: "%s" }
                ---
                apiVersion: intramuros.io/v1
                kind: Node
                metadata: { name: found-ollama }
                spec: { type: ollama, discover: true, url: "%s" }
                ---
                """.formatted(vllm.url(), ollama.url()),
                Map.of(Setting.DISCOVERY, "PT0.1S"));
    }

    private static List<String> names(LiveGateway gateway) {
        return gateway.get("/v1/models", gateway.key())
                .json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("did not come about in 20 s");
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void start_nodeThatAnswers_addsItsModelsAndDeclaredOnesWin() {
        try (LiveGateway gateway = gateway()) {
            assertThat(names(gateway)).containsExactly("m", "gpt-4o-mini", "org/found-7b");
            JsonNode found = gateway.admin("GET", "/admin/v1/models", "")
                    .json()
                    .path("models")
                    .valueStream()
                    .filter(model -> model.path("name").asString().equals("org/found-7b"))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.path("context").asInt()).isEqualTo(4096);
            assertThat(found.path("replicas").path(0).path("node").asString()).isEqualTo("found-vllm");

            assertThat(gateway.chat("{\"model\":\"org/found-7b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                            .status())
                    .isEqualTo(200);
            JsonNode seen = LiveGateway.JSON.readTree(vllm.requests().stream()
                    .filter(request -> request.line().startsWith("POST"))
                    .findFirst()
                    .orElseThrow()
                    .body());
            assertThat(seen.path("model").asString()).isEqualTo("org/found-7b");
            assertThat(seen.path("cache_salt").asString()).hasSize(43);
        }
    }

    @Test
    void running_nodeThatWasDown_addsItsModelsOnceItAnswersAndKeepsThemWhenItDoesNot() {
        try (LiveGateway gateway = gateway()) {
            assertThat(names(gateway)).doesNotContain("llama9", "embed9:33m");

            ollama.script((request, reply) -> {
                if (request.line().startsWith("GET /api/tags ")) reply.json(200, TAGS);
                else
                    reply.json(
                            200,
                            "{\"model\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"done\":true,"
                                    + "\"done_reason\":\"stop\",\"prompt_eval_count\":1,\"eval_count\":1}");
            });
            await(() -> names(gateway).contains("llama9"));
            assertThat(names(gateway)).contains("embed9:33m", "org/found-7b");
            ollama.script((_, reply) -> reply.json(503, "{}"));
            int asked = ollama.requests().size();
            await(() -> ollama.requests().size() > asked + 1);
            assertThat(names(gateway)).contains("llama9", "embed9:33m");
            assertThat(gateway.post("/v1/embeddings", "{\"model\":\"llama9\",\"input\":\"x\"}", gateway.key())
                            .json()
                            .path("error")
                            .path("message")
                            .asString())
                    .contains("has no capability \"embedding\"");
        }
    }

    @Test
    void running_nodeThatNoLongerHasAModel_takesItAway() {
        try (LiveGateway gateway = gateway()) {
            assertThat(names(gateway)).contains("org/found-7b");

            vllm.script((_, reply) -> reply.json(200, "{\"data\":[{\"id\":\"other-model\"}]}"));

            await(() -> names(gateway).contains("other-model"));
            assertThat(names(gateway)).doesNotContain("org/found-7b");
        }
    }
}
