// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The Messages API as its tools use it, beyond what every dialect has. */
class AnthropicWireTest {
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
        pairs.answers(RecordingUpstream.completion("\"ok\"", "", 9, 4));
    }

    @ParameterizedTest
    @CsvSource({"x-api-key,2023-06-01", "authorization,2026-10-21", "x-api-key,9999-01-01"})
    void messages_eitherKeyHeaderAndAnyVersion_count(String header, String version) {
        LiveGateway.Answer answer = gateway.send(HttpRequest.newBuilder(gateway.url("/v1/messages"))
                .header("content-type", "application/json")
                .header("anthropic-version", version)
                .header(header, (header.equals("authorization") ? "Bearer " : "") + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("id").asString()).startsWith("msg_");
        assertThat(answer.json().path("stop_reason").asString()).isEqualTo("end_turn");
        assertThat(answer.json().path("stop_sequence").isNull()).isTrue();
        assertThat(answer.headers().get("request-id"))
                .isEqualTo(answer.headers().get("x-request-id"));
    }

    @Test
    void messages_everyField_hasItsPlaceAtTheNode() {
        LiveGateway.Answer answer = pairs.post("/v1/messages", """
                {"model":"m","max_tokens":100,"system":[{"type":"text","text":"s1","cache_control":{"type":"ephemeral"}},
                 {"type":"text","text":"s2"}],"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
                 "thinking":{"type":"enabled","budget_tokens":20000},"metadata":{"user_id":"u"},"service_tier":"auto",
                 "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
                 "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true}],
                 "tool_choice":{"type":"any","disable_parallel_tool_use":true},
                 "messages":[{"role":"user","content":"q"},
                  {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},
                   {"type":"text","text":"a"},{"type":"tool_use","id":"toolu_abcdefgh1","name":"f","input":{"k":[1]}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_abcdefgh1","is_error":true,
                   "content":[{"type":"text","text":"boom"}]},{"type":"text","text":"go on"}]}]}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode seen = pairs.seen();
        assertThat(seen.path("messages").toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"s1\\ns2\"},{\"role\":\"user\",\"content\":\"q\"},"
                        + "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"t\",\"tool_calls\":[{\"id\":"
                        + "\"toolu_abcdefgh1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                        + "\"{\\\"k\\\":[1]}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"toolu_abcdefgh1\",\"content\":"
                        + "\"Error: boom\"},{\"role\":\"user\",\"content\":\"go on\"}]");
        assertThat(seen.path("stop").toString()).isEqualTo("[\"END\"]");
        assertThat(seen.path("top_k").asInt()).isEqualTo(40);
        assertThat(seen.path("reasoning_effort").asString()).isEqualTo("high");
        assertThat(seen.path("tool_choice").asString()).isEqualTo("required");
        assertThat(seen.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(seen.path("tools").path(0).path("function").path("strict").asBoolean())
                .isTrue();
        assertThat(seen.path("response_format").path("type").asString()).isEqualTo("json_schema");
        assertThat(seen.path("max_tokens").asInt()).isEqualTo(100);
    }

    @Test
    void messages_stopSequenceThatWasMet_isNamed() {
        pairs.answers(RecordingUpstream.completion("\"a\"", "", 9, 4)
                .replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"stop\",\"stop_reason\":\"END\""));

        JsonNode answer = pairs.post(
                        "/v1/messages",
                        "{\"model\":\"m\",\"max_tokens\":9,\"stop_sequences\":[\"END\"],\"messages\":[{\"role\":\"user\","
                                + "\"content\":\"x\"}]}")
                .json();

        assertThat(answer.path("stop_reason").asString()).isEqualTo("stop_sequence");
        assertThat(answer.path("stop_sequence").asString()).isEqualTo("END");
    }

    @Test
    void messages_cachedTokens_areCountedApart() {
        pairs.answers(RecordingUpstream.completion("\"a\"", "", 9, 4)
                .replace("\"total_tokens\"", "\"prompt_tokens_details\":{\"cached_tokens\":6},\"total_tokens\""));

        JsonNode usage = pairs.post(
                        "/v1/messages",
                        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                .json()
                .path("usage");

        assertThat(usage.path("input_tokens").asInt()).isEqualTo(3);
        assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(6);
        assertThat(usage.path("output_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void countTokens_needsNoNodeAndTakesNoTokens() {
        LiveGateway.Answer answer = pairs.post(
                "/v1/messages/count_tokens",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"123456789\"}]}");

        assertThat(answer.body()).isEqualTo("{\"input_tokens\":3}");
        assertThat(pairs.upstream().requests()).isEmpty();
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id"))).containsExactly("request.completed");
    }

    @Test
    void models_withAVersionHeader_areAnthropics() {
        var request = HttpRequest.newBuilder(gateway.url("/v1/models"))
                .header("anthropic-version", "2023-06-01")
                .header("x-api-key", gateway.key())
                .build();

        JsonNode list = gateway.send(request).json();

        assertThat(list.path("data").path(0).path("type").asString()).isEqualTo("model");
        assertThat(list.path("has_more").asBoolean(true)).isFalse();
        assertThat(list.path("first_id").asString())
                .isEqualTo(list.path("data").path(0).path("id").asString());
        JsonNode one = gateway.send(HttpRequest.newBuilder(gateway.url("/v1/models/m"))
                        .header("anthropic-version", "2023-06-01")
                        .header("x-api-key", gateway.key())
                        .build())
                .json();
        assertThat(one.path("display_name").asString()).isEqualTo("m");
        JsonNode none = gateway.send(HttpRequest.newBuilder(gateway.url("/v1/models/nobody"))
                        .header("anthropic-version", "2023-06-01")
                        .header("x-api-key", gateway.key())
                        .build())
                .json();
        assertThat(none.path("error").path("type").asString()).isEqualTo("not_found_error");
    }

    @Test
    void quotaHeaders_haveAnthropicsNamesAndInstants() {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"headers\",\"name\":\"t\"}");
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:headers\",\"limits\":[{\"unit\":\"tokens\",\"amount\":90000,\"per\":\"PT1H\"}]}");
        String key = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"headers\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();

        LiveGateway.Answer answer = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                key);

        assertThat(answer.headers().get("anthropic-ratelimit-tokens-limit")).isEqualTo("90000");
        assertThat(Long.parseLong(answer.headers().get("anthropic-ratelimit-tokens-remaining")))
                .isLessThan(90_000);
        assertThat(Instant.parse(answer.headers().get("anthropic-ratelimit-tokens-reset")))
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "messages":[{"role":"user","content":"x"}]                                                          | max_tokens
            "max_tokens":0,"messages":[{"role":"user","content":"x"}]                                           | max_tokens
            "max_tokens":9                                                                                      | messages
            "max_tokens":9,"messages":[{"role":"system","content":"x"}]                                         | messages[0].role
            "max_tokens":9,"messages":[{"role":"user","content":7}]                                             | messages[0].content
            "max_tokens":9,"messages":[{"role":"user","content":[{"type":"image"}]}]                            | messages[0].content[0].type
            "max_tokens":9,"messages":[{"role":"user","content":[{"type":"document"}]}]                         | messages[0].content[0].type
            "max_tokens":9,"messages":[{"role":"user","content":[{"type":"text"}]}]                             | messages[0].content[0].text
            "max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"redacted_thinking"}]}]           | messages[0].content[0].type
            "max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}]    | messages[0].content[0].tool_use_id
            "max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f"}]}] | messages[0].content[0].input
            "max_tokens":9,"system":7,"messages":[{"role":"user","content":"x"}]                                | system
            "max_tokens":9,"system":[{"type":"image"}],"messages":[{"role":"user","content":"x"}]               | system[0]
            "max_tokens":9,"tools":[{"type":"web_search_20250305","name":"w"}],"messages":[{"role":"user","content":"x"}] | tools[0].type
            "max_tokens":9,"tools":[{"name":"w"}],"messages":[{"role":"user","content":"x"}]                    | tools[0].input_schema
            "max_tokens":9,"tools":[{"name":"w","input_schema":{},"defer_loading":true}],"messages":[{"role":"user","content":"x"}] | tools[0].defer_loading
            "max_tokens":9,"tool_choice":{"type":"some"},"messages":[{"role":"user","content":"x"}]             | tool_choice.type
            "max_tokens":9,"tool_choice":{"type":"tool"},"messages":[{"role":"user","content":"x"}]             | tool_choice.name
            "max_tokens":9,"temperature":1.5,"messages":[{"role":"user","content":"x"}]                         | temperature
            "max_tokens":9,"stop_sequences":[7],"messages":[{"role":"user","content":"x"}]                      | stop_sequences
            "max_tokens":9,"mcp_servers":[{"url":"x"}],"messages":[{"role":"user","content":"x"}]               | mcp_servers
            "max_tokens":9,"container":"c","messages":[{"role":"user","content":"x"}]                           | container
            """)
    void messages_faultyOrInexpressible_areRefusedByName(String fields, String named) {
        LiveGateway.Answer answer = pairs.post("/v1/messages", "{\"model\":\"m\"," + fields + "}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(answer.json().path("error").path("message").asString()).contains("\"" + named + "\"");
        assertThat(answer.json().path("request_id").asString())
                .isEqualTo(answer.headers().get("x-request-id"));
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @Test
    void messages_argumentsThatAreNoJson_reachTheCallerAllTheSame() {
        pairs.answers(RecordingUpstream.completion(
                "null",
                ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{oops\"}}]",
                1,
                1));

        JsonNode answer = pairs.post(
                        "/v1/messages",
                        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                .json();

        assertThat(answer.path("content")
                        .path(0)
                        .path("input")
                        .path("arguments")
                        .asString())
                .isEqualTo("{oops");
        assertThat(answer.path("stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    void unknownPathBelow_isAnErrorOfTheDialect() {
        LiveGateway.Answer answer = pairs.post("/v1/messages/batches", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("not_found_error");
    }
}
