// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.events;
import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NodeServerTest {
    private static final String TEXT = "Wired: a\u00e9\u65e5\ud83d\ude00 end";
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK = "\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    /** start, "user\nHi", end, newline, start, "assistant\n": each byte is a token. */
    private static final int PROMPT = 1 + 7 + 1 + 1 + 1 + 10;

    private static NodeFixture node;

    @BeforeAll
    static void start() throws IOException {
        node = NodeFixture.saying(TEXT);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void chat_whole_hasTheShapeThatClientsCheck() throws Exception {
        HttpResponse<String> response = node.send(node.request(CHAT)
                .header("x-request-id", "req-1")
                .POST(HttpRequest.BodyPublishers.ofString("{" + ASK + "}")));

        int said = TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
        JsonNode body = json(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).hasValue("req-1");
        assertThat(body.path("id").stringValue()).matches("chatcmpl-[0-9a-f]{32}");
        assertThat(json(response.body().replace(body.path("id").stringValue(), "X")))
                .isEqualTo(json("""
                        {"id":"X","object":"chat.completion","created":1700000000,"model":"scripted","choices":[
                        {"index":0,"message":{"role":"assistant","content":"%s","refusal":null},
                        "logprobs":null,"finish_reason":"stop"}],
                        "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}""".formatted(TEXT, PROMPT, said, PROMPT + said)));
    }

    @Test
    void chat_stream_sendsRoleTextFinishAndUsageInOrder() throws Exception {
        HttpResponse<String> response =
                node.post(CHAT, "{" + ASK + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        List<JsonNode> events = events(response.body());
        JsonNode first = events.getFirst().at("/choices/0");
        JsonNode finish = events.get(events.size() - 2);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(events)
                .extracting(e -> e.path("id").stringValue())
                .containsOnly(events.getFirst().path("id").stringValue());
        assertThat(first.at("/delta/role").stringValue()).isEqualTo("assistant");
        assertThat(first.at("/delta/content").stringValue()).isEmpty();
        assertThat(text(events)).isEqualTo(TEXT);
        assertThat(finish.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(finish.at("/choices/0/delta").isEmpty()).isTrue();
        assertThat(finish.path("usage").isNull()).isTrue();
        assertThat(events.getLast().path("choices").isEmpty()).isTrue();
        assertThat(events.getLast().at("/usage/prompt_tokens").intValue()).isEqualTo(PROMPT);
    }

    @Test
    void chat_streamWithoutUsage_saysNothingOfIt() throws Exception {
        List<JsonNode> events =
                events(node.post(CHAT, "{" + ASK + ",\"stream\":true}").body());

        assertThat(events).noneMatch(event -> event.has("usage"));
        assertThat(events.getLast().at("/choices/0/finish_reason").stringValue())
                .isEqualTo("stop");
    }

    @Test
    void chat_stream_neverSplitsACharacter() throws Exception {
        List<JsonNode> events =
                events(node.post(CHAT, "{" + ASK + ",\"stream\":true}").body());

        assertThat(events)
                .extracting(e -> e.at("/choices/0/delta/content").asString(""))
                .contains("\u00e9", "\u65e5", "\ud83d\ude00")
                .noneMatch(piece -> piece.contains("\ufffd"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"max_tokens\":3', Wir, length",
        "'\"max_completion_tokens\":3,\"max_tokens\":9', Wir, length",
        "'\"stop\":\": \"', Wired, stop",
        "'\"stop\":[\"zzz\",\"ed\"]', Wir, stop",
        "'\"unknown_field\":{\"a\":[1]},\"stop\":\"r\"', Wi, stop"
    })
    void chat_limits_areHeld(String fields, String text, String reason) throws Exception {
        JsonNode choice =
                json(node.post(CHAT, "{" + ASK + "," + fields + "}").body()).at("/choices/0");

        assertThat(choice.at("/message/content").stringValue()).isEqualTo(text);
        assertThat(choice.path("finish_reason").stringValue()).isEqualTo(reason);
    }

    @Test
    void chat_partsAndAllRoles_areTaken() throws Exception {
        String messages = """
                [{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"a"},
                {"type":"text","text":"b"}]},{"role":"assistant","content":null,"tool_calls":[]},
                {"role":"tool","tool_call_id":"1","content":"c"}]""";

        HttpResponse<String> response = node.post(CHAT, "{\"model\":\"default\",\"messages\":" + messages + "}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response.body()).path("model").stringValue()).isEqualTo("scripted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":                                                        | invalid_json    |",
                "{\"model\":\"scripted\",\"model\":\"scripted\"}                    | invalid_json    |",
                "{} x                                                               | invalid_json    |",
                "[]                                                                 | invalid_request | body",
                "{\"model\":\"scripted\"}                                           | invalid_request | messages",
                "{\"model\":\"scripted\",\"messages\":[]}                           | invalid_request | messages",
                "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\"}]}        | invalid_request | messages[0].content",
                "{\"model\":\"scripted\",\"messages\":[{\"role\":\"x\",\"content\":\"\"}]} | invalid_request | messages[0].role",
                "{ASK,\"temperature\":3}                                            | invalid_request | temperature",
                "{ASK,\"temperature\":\"hot\"}                                      | invalid_request | temperature",
                "{ASK,\"max_tokens\":0}                                             | invalid_request | max_tokens",
                "{ASK,\"stream_options\":{\"include_usage\":true}}                  | invalid_request | stream_options",
                "{ASK,\"n\":17}                                                     | invalid_request | n",
                "{ASK,\"min_p\":2}                                                  | invalid_request | min_p",
                "{ASK,\"typical_p\":0}                                              | invalid_request | typical_p",
                "{ASK,\"repetition_penalty\":0}                                     | invalid_request | repetition_penalty",
                "{ASK,\"logit_bias\":{\"1\":101}}                                  | invalid_request | logit_bias",
                "{ASK,\"logit_bias\":{\"one\":1}}                                  | invalid_request | logit_bias",
                "{ASK,\"logit_bias\":{\"1\":\"x\"}}                                | invalid_request | logit_bias.1",
                "{ASK,\"top_logprobs\":2}                                           | invalid_request | top_logprobs",
                "{ASK,\"logprobs\":true,\"top_logprobs\":21}                       | invalid_request | top_logprobs",
                "{ASK,\"tool_choice\":\"required\"}                                 | invalid_request | tool_choice",
                "{ASK,\"response_format\":{\"type\":\"xml\"}}                       | invalid_request | response_format.type",
                "{ASK,\"response_format\":{\"type\":\"json_schema\"}}               | invalid_request"
                        + " | response_format.json_schema",
                "{ASK,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"not\":{}}}}}"
                        + " | unsupported | response_format.json_schema.schema.not",
                "{ASK,\"logprobs\":3}                                               | invalid_request | logprobs",
                "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}"
                        + " | unsupported | messages[0].content[0].type"
            })
    void chat_wrongRequest_isRefusedByField(String body, String code, String param) throws Exception {
        HttpResponse<String> response = node.post(CHAT, body.replace("ASK", ASK));

        JsonNode error = json(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.path("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("param").asString(null)).isEqualTo(param);
        assertThat(error.path("message").stringValue()).isNotBlank();
    }

    @Test
    void chat_promptLongerThanTheContext_isRefusedByItsCode() throws Exception {
        String content = "x".repeat(5000);

        HttpResponse<String> response = node.post(
                CHAT, "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).at("/error/code").stringValue()).isEqualTo("context_length_exceeded");
    }

    @Test
    void chat_unknownModel_is404() throws Exception {
        HttpResponse<String> response = node.post(CHAT, "{" + ASK.replace("scripted", "other") + "}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body()).at("/error/code").stringValue()).isEqualTo("model_not_found");
    }

    @Test
    void completion_text_isGoneOnFrom() throws Exception {
        HttpResponse<String> whole =
                node.post("/v1/completions", "{\"model\":\"scripted\",\"prompt\":\"Hi\",\"max_tokens\":5}");
        HttpResponse<String> stream = node.post(
                "/v1/completions", "{\"model\":\"scripted\",\"prompt\":[\"Hi\"],\"max_tokens\":5,\"stream\":true}");

        JsonNode body = json(whole.body());
        assertThat(body.path("object").stringValue()).isEqualTo("text_completion");
        assertThat(body.at("/choices/0/text").stringValue()).isEqualTo("Wired");
        assertThat(body.at("/usage/prompt_tokens").intValue()).isEqualTo(2);
        assertThat(events(stream.body()).stream()
                        .map(e -> e.at("/choices/0/text").stringValue())
                        .collect(Collectors.joining()))
                .isEqualTo("Wired");
    }

    @Test
    void embeddings_floatAndBase64_areTheSameVector() throws Exception {
        HttpResponse<String> numbers =
                node.post("/v1/embeddings", "{\"model\":\"letters\",\"input\":[\"banana\",\"no\"]}");
        HttpResponse<String> base64 = node.post(
                "/v1/embeddings", "{\"model\":\"letters\",\"input\":\"banana\",\"encoding_format\":\"base64\"}");

        JsonNode body = json(numbers.body());
        byte[] bytes = java.util.Base64.getDecoder()
                .decode(json(base64.body()).at("/data/0/embedding").stringValue());
        var floats = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(body.at("/data/0/embedding/0").floatValue()).isEqualTo(6f).isEqualTo(floats.get(0));
        assertThat(body.at("/data/0/embedding/1").floatValue()).isEqualTo(3f).isEqualTo(floats.get(1));
        assertThat(body.at("/data/1/index").intValue()).isEqualTo(1);
        assertThat(body.at("/usage/total_tokens").intValue()).isEqualTo(8);
    }

    @Test
    void embeddings_textTooLong_isRefusedByItsPlace() throws Exception {
        HttpResponse<String> response =
                node.post("/v1/embeddings", "{\"model\":\"letters\",\"input\":[\"a\",\"" + "b".repeat(21) + "\"]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).at("/error/code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(json(response.body()).at("/error/param").stringValue()).isEqualTo("input[1]");
    }

    @Test
    void models_areListedWithTheirAlias() throws Exception {
        JsonNode list = json(node.get("/v1/models").body());

        assertThat(list.path("data").valueStream().map(m -> m.path("id").stringValue()))
                .containsExactly("default", "scripted", "letters");
        assertThat(json(node.get("/v1/models/default").body()).path("root").stringValue())
                .isEqualTo("scripted");
        assertThat(node.get("/v1/models/other").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, "/v1/models", "/metrics", "/nothing"})
    void anyPath_withoutTheToken_is401(String path) throws Exception {
        HttpResponse<String> none =
                node.send(HttpRequest.newBuilder(node.request(path).build().uri()));
        HttpResponse<String> wrong = node.send(node.request(path).setHeader("Authorization", "Bearer node-tokem"));

        assertThat(List.of(none.statusCode(), wrong.statusCode())).containsOnly(401);
        assertThat(json(wrong.body()).at("/error/code").stringValue()).isEqualTo("invalid_api_key");
    }

    @Test
    void health_needsNoToken() throws Exception {
        HttpResponse<String> response =
                node.send(HttpRequest.newBuilder(node.request("/health").build().uri()));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void unknownPath_is404AndWrongMethod405() throws Exception {
        assertThat(node.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(node.get(CHAT).statusCode()).isEqualTo(405);
    }

    @Test
    void body_aboveTheLimit_is413() throws Exception {
        HttpResponse<String> response = postUntilAnswered(" ".repeat(NodeFixture.BODY_LIMIT + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response.body()).at("/error/code").stringValue()).isEqualTo("request_too_large");
    }

    /** Who refuses a body that it has not read may reset the connection before its answer is seen; then one asks again. */
    private HttpResponse<String> postUntilAnswered(String body) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return node.post(CHAT, body);
            } catch (IOException e) {
                if (attempt == 20) throw e;
            }
        }
    }

    @Test
    void metrics_countTokensByVllmsNames() throws Exception {
        String labels = "{model_name=\"scripted\"}";
        long prompts = node.metric("vllm:prompt_tokens_total" + labels);
        long generated = node.metric("vllm:generation_tokens_total" + labels);

        node.post(CHAT, "{" + ASK + ",\"max_tokens\":3}");

        assertThat(node.metric("vllm:prompt_tokens_total" + labels)).isEqualTo(prompts + PROMPT);
        assertThat(node.metric("vllm:generation_tokens_total" + labels)).isEqualTo(generated + 3);
        assertThat(node.metric("vllm:num_requests_running" + labels)).isZero();
        assertThat(node.get("/metrics").body()).contains("vllm:time_to_first_token_seconds_bucket{");
    }

    private static String text(List<JsonNode> events) {
        return events.stream()
                .map(e -> e.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }
}
