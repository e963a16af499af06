// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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

/** The paths of the OpenAI API beside chats, on nodes of its own kind and on others. */
class OpenAiPathsWireTest {
    private static final String EMAIL = "jane.roe@example.com";

    @TempDir
    static Path folder;

    private static PairGateway pairs;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void forget() {
        pairs.upstream().forget();
    }

    private static String text(String text) {
        return "{\"id\":\"x\",\"object\":\"text_completion\",\"created\":1,\"model\":\"u\",\"choices\":[{\"index\":0,"
                + "\"text\":\"" + text + "\",\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":6,\"completion_tokens\":2,\"total_tokens\":8}}";
    }

    @Test
    void completions_whole_isHiddenRestoredAndCapped() {
        pairs.upstream().script((request, reply) -> {
            String prompt =
                    LiveGateway.JSON.readTree(request.body()).path("prompt").asString();
            reply.json(200, text("to " + prompt.substring(prompt.indexOf('['))));
        });

        LiveGateway.Answer answer = pairs.post(
                "/v1/completions",
                "{\"model\":\"m-openai\",\"prompt\":\"write to " + EMAIL + "\",\"suffix\":\"bye\",\"new\":1}");

        assertThat(answer.json().path("choices").path(0).path("text").asString())
                .isEqualTo("to " + EMAIL);
        assertThat(answer.json().path("id").asString()).startsWith("cmpl-");
        assertThat(pairs.seen().toString()).doesNotContain(EMAIL);
        assertThat(pairs.seen().path("suffix").asString()).isEqualTo("bye");
        assertThat(pairs.seen().path("new").asInt()).isEqualTo(1);
        assertThat(pairs.seen().path("max_tokens").asInt()).isEqualTo(1000);
    }

    @Test
    void completions_stream_endsWithReasonUsageAndDone() {
        String chunk = "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"text\":\"%s\",\"finish_reason\":%s}]}\r\n\r\n";
        pairs.streams(": comment\n\n" + chunk.formatted("one ", "null") + chunk.formatted("two", "\"length\"")
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n");

        LiveGateway.Answer answer = pairs.post(
                "/v1/completions",
                "{\"model\":\"m-openai\",\"prompt\":\"count\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        assertThat(answer.body())
                .contains("\"text\":\"one \"")
                .contains("\"finish_reason\":\"length\"")
                .contains("\"usage\":{\"prompt_tokens\":3")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void completions_onAnOllamaNode_areGeneratedRaw() {
        pairs.answers("{\"response\":\"two\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,"
                + "\"eval_count\":1}");

        LiveGateway.Answer answer =
                pairs.post("/v1/completions", "{\"model\":\"m-ollama\",\"prompt\":\"one\",\"stop\":\"x\"}");

        assertThat(answer.json().path("choices").path(0).path("text").asString())
                .isEqualTo("two");
        assertThat(answer.json().path("usage").path("total_tokens").asInt()).isEqualTo(4);
        assertThat(pairs.seenAt()).isEqualTo("/api/generate");
        assertThat(pairs.seen().path("raw").asBoolean()).isTrue();
        assertThat(pairs.seen().path("options").path("stop").toString()).isEqualTo("[\"x\"]");
    }

    @Test
    void chat_severalAnswers_goWhereTheNodeCan() {
        pairs.answers(RecordingUpstream.completion("\"a\"", "", 5, 2));
        String body =
                "{\"model\":\"%s\",\"n\":2,\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

        LiveGateway.Answer openai = pairs.post("/v1/chat/completions", body.formatted("m-openai"));

        assertThat(openai.status()).isEqualTo(200);
        assertThat(pairs.seen().path("n").asInt()).isEqualTo(2);
        assertThat(pairs.seen().path("max_tokens").asInt()).isEqualTo(50);
        LiveGateway.Answer ollama = pairs.post("/v1/chat/completions", body.formatted("m-ollama"));
        assertThat(ollama.status()).isEqualTo(400);
        assertThat(ollama.json().path("error").path("param").asString()).isEqualTo("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void embeddings_asBase64_areLittleEndianFloats(String model) {
        pairs.upstream()
                .script((request, reply) -> reply.json(
                        200,
                        request.line().contains("/api/embed")
                                ? "{\"embeddings\":[[0.5,-2]],\"prompt_eval_count\":3}"
                                : "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-2]}],"
                                        + "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}"));

        LiveGateway.Answer answer = pairs.post(
                "/v1/embeddings",
                "{\"model\":\"" + model + "\",\"input\":\"" + EMAIL + "\",\"encoding_format\":\"base64\","
                        + "\"dimensions\":2}");

        byte[] bytes = Base64.getDecoder()
                .decode(answer.json().path("data").path(0).path("embedding").asString());
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.getFloat()).isEqualTo(0.5f);
        assertThat(floats.getFloat()).isEqualTo(-2f);
        assertThat(pairs.seen().path("dimensions").asInt()).isEqualTo(2);
        assertThat(pairs.seen().toString()).doesNotContain(EMAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rerank", "/v1/rerank", "/v2/rerank"})
    void rerank_documents_areHiddenAndRestored(String path) {
        pairs.upstream().script((request, reply) -> {
            JsonNode document =
                    LiveGateway.JSON.readTree(request.body()).path("documents").path(0);
            reply.json(
                    200,
                    "{\"id\":\"x\",\"results\":[{\"index\":0,\"relevance_score\":0.9,\"document\":{\"text\":" + document
                            + "}}],\"usage\":{\"total_tokens\":12}}");
        });

        LiveGateway.Answer answer = pairs.post(
                path,
                "{\"model\":\"m-openai\",\"query\":\"who?\",\"documents\":[\"" + EMAIL + "\",\"b\"],\"top_n\":1}");

        assertThat(answer.json()
                        .path("results")
                        .path(0)
                        .path("document")
                        .path("text")
                        .asString())
                .isEqualTo(EMAIL);
        assertThat(pairs.seen().toString()).doesNotContain(EMAIL);
        assertThat(pairs.seenAt()).isEqualTo(path);
        assertThat(pairs.post(path, "{\"model\":\"m-ollama\",\"query\":\"q\",\"documents\":[\"a\"]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void responses_whole_hasEveryRequiredField() {
        pairs.upstream().script((request, reply) -> {
            String said = LiveGateway.JSON
                    .readTree(request.body())
                    .path("messages")
                    .path(1)
                    .path("content")
                    .toString();
            reply.json(
                    200,
                    RecordingUpstream.completion(
                            said,
                            ",\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"call_abcdefgh1\",\"type\":\"function\","
                                    + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]",
                            9,
                            4));
        });

        JsonNode answer = pairs.post(
                        "/v1/responses",
                        "{\"model\":\"m-openai\",\"instructions\":\"Serve " + EMAIL
                                + "\",\"input\":[{\"role\":\"user\","
                                + "\"content\":[{\"type\":\"input_text\",\"text\":\"I am " + EMAIL + "\"}]}],"
                                + "\"store\":true,\"reasoning\":{\"effort\":\"low\"},\"tools\":[{\"type\":\"function\","
                                + "\"name\":\"f\",\"parameters\":{\"type\":\"object\"},\"strict\":false}]}")
                .json();

        for (String field : List.of(
                "id",
                "object",
                "created_at",
                "error",
                "incomplete_details",
                "instructions",
                "metadata",
                "model",
                "output",
                "parallel_tool_calls",
                "temperature",
                "tool_choice",
                "tools",
                "top_p")) assertThat(answer.has(field)).as(field).isTrue();
        assertThat(answer.path("status").asString()).isEqualTo("completed");
        assertThat(answer.path("store").asBoolean()).isFalse();
        assertThat(answer.path("instructions").asString()).isEqualTo("Serve " + EMAIL);
        assertThat(answer.path("output")
                        .valueStream()
                        .map(item -> item.path("type").asString()))
                .containsExactly("reasoning", "message", "function_call");
        assertThat(answer.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("I am " + EMAIL);
        assertThat(answer.path("output").path(2).path("call_id").asString()).isEqualTo("call_abcdefgh1");
        assertThat(answer.path("usage").path("input_tokens").asInt()).isEqualTo(9);
        assertThat(pairs.seen().toString()).doesNotContain(EMAIL);
        assertThat(pairs.seen().path("reasoning_effort").asString()).isEqualTo("low");
        assertThat(pairs.seen()
                        .path("tools")
                        .path(0)
                        .path("function")
                        .path("name")
                        .asString())
                .isEqualTo("f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void responses_stream_hasItsEventsInOrderAndNumbered(String model) {
        FakeNode node = model.equals("m-openai") ? new OpenAiFakeNode("openai") : new OllamaFakeNode();
        pairs.streams(node.stream(FakeNode.Script.of("hello").thinking("hm").calling("{\"to\":\"you\"}")));

        LiveGateway.Answer answer = pairs.post(
                "/v1/responses",
                "{\"model\":\"" + model + "\",\"input\":\"hi\",\"stream\":true,\"tools\":[{\"type\":\"function\","
                        + "\"name\":\"lookup\"}]}");

        List<String> types = new ArrayList<>();
        int number = 0;
        JsonNode last = LiveGateway.JSON.nullNode();
        for (String frame : answer.body().split("\n\n", -1)) {
            if (frame.isBlank()) continue;
            String[] lines = frame.split("\n", -1);
            last = LiveGateway.JSON.readTree(lines[1].substring(6));
            assertThat(lines[0]).isEqualTo("event: " + last.path("type").asString());
            assertThat(last.path("sequence_number").asInt()).isEqualTo(number++);
            String type = last.path("type").asString();
            if (types.isEmpty() || !types.getLast().equals(type)) types.add(type);
        }
        assertThat(types)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(last.path("response")
                        .path("output")
                        .path(2)
                        .path("arguments")
                        .asString())
                .isEqualTo("{\"to\":\"you\"}");
        assertThat(last.path("response").path("usage").path("output_tokens").asInt())
                .isEqualTo(7);
    }

    @Test
    void responses_turnsOfBefore_areAConversation() {
        pairs.answers(RecordingUpstream.completion("\"ok\"", "", 1, 1).replace("\"stop\"", "\"length\""));

        JsonNode answer = pairs.post("/v1/responses", """
                        {"model":"m-openai","text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},
                         "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
                         "tools":[{"type":"function","name":"f"}],"include":["reasoning.encrypted_content"],"input":[
                         {"role":"developer","content":"d"},
                         {"type":"message","role":"user","content":"u"},
                         {"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"r"}]},
                         {"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]},
                         {"type":"function_call","call_id":"call_abcdefgh1","name":"f","arguments":"{}"},
                         {"type":"function_call_output","call_id":"call_abcdefgh1","output":"o"}]}""").json();

        assertThat(answer.path("status").asString()).isEqualTo("incomplete");
        assertThat(answer.path("incomplete_details").path("reason").asString()).isEqualTo("max_output_tokens");
        assertThat(pairs.seen().path("messages").toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"d\"},{\"role\":\"user\",\"content\":\"u\"},"
                        + "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"r\",\"tool_calls\":["
                        + "{\"id\":\"call_abcdefgh1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_abcdefgh1\",\"content\":\"o\"}]");
        assertThat(pairs.seen()
                        .path("response_format")
                        .path("json_schema")
                        .path("schema")
                        .toString())
                .isEqualTo("{\"type\":\"object\"}");
        assertThat(pairs.seen()
                        .path("tool_choice")
                        .path("function")
                        .path("name")
                        .asString())
                .isEqualTo("f");
        assertThat(pairs.seen().path("parallel_tool_calls").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/responses        | {"model":"m-openai","input":"x","previous_response_id":"resp_1"}          | previous_response_id
            /v1/responses        | {"model":"m-openai","input":"x","conversation":"c"}                       | conversation
            /v1/responses        | {"model":"m-openai","input":"x","background":true}                        | background
            /v1/responses        | {"model":"m-openai","input":"x","prompt":{"id":"p"}}                      | prompt
            /v1/responses        | {"model":"m-openai","input":[]}                                           | input
            /v1/responses        | {"model":"m-openai","input":[{"role":"king","content":"x"}]}              | input[0].role
            /v1/responses        | {"model":"m-openai","input":[{"type":"item_reference","id":"x"}]}         | input[0].type
            /v1/responses        | {"model":"m-openai","input":[{"role":"user","content":[{"type":"input_image"}]}]} | input[0].content[0]
            /v1/responses        | {"model":"m-openai","input":[{"type":"function_call","call_id":"c"}]}     | input[0].name
            /v1/responses        | {"model":"m-openai","input":"x","tools":[{"type":"web_search"}]}          | tools[0].type
            /v1/responses        | {"model":"m-openai","input":"x","include":["file_search_call.results"]}   | include
            /v1/responses        | {"model":"m-openai","input":"x","truncation":"auto"}                      | truncation
            /v1/responses        | {"model":"m-openai","input":"x","max_tool_calls":2}                       | max_tool_calls
            /v1/completions      | {"model":"m-openai","prompt":[1,2]}                                       | prompt
            /v1/completions      | {"model":"m-openai"}                                                      | prompt
            /v1/completions      | {"model":"m-openai","prompt":"x","stream":true,"n":2}                     | n
            /v1/completions      | {"model":"m-ollama","prompt":["x","y"]}                                   | prompt
            /v1/rerank           | {"model":"m-openai","query":"q","documents":[]}                           | documents
            /v1/rerank           | {"model":"m-openai","documents":["a"]}                                    | query
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"logit_bias":{"1":2}}     | logit_bias
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"logprobs":true}          | logprobs
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"tool_choice":"required"} | tool_choice
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"parallel_tool_calls":false} | parallel_tool_calls
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"brand_new":1}            | brand_new
            /v1/chat/completions | {"model":"m-ollama","messages":[{"role":"user","content":"x"}],"tools":[{"type":"custom","custom":{}}]} | tools[0].type
            """)
    void faultyOrInexpressible_isRefusedByName(String path, String body, String param) {
        LiveGateway.Answer answer = pairs.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo(param);
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @Test
    void chat_optionsForAnOllamaNode_haveItsNames() {
        pairs.answers("{\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},\"done\":true,\"eval_count\":1}");

        LiveGateway.Answer answer = pairs.post("/v1/chat/completions", """
                {"model":"m-ollama","messages":[{"role":"developer","content":"d"},{"role":"user","content":"x"}],
                 "temperature":0.1,"top_p":0.2,"seed":4,"stop":["a","b"],"presence_penalty":0.3,"frequency_penalty":0.4,
                 "reasoning_effort":"minimal","response_format":{"type":"json_object"},"user":"u","metadata":{"a":"b"},
                 "max_completion_tokens":33,"n":1,"parallel_tool_calls":true,"tool_choice":"none",
                 "tools":[{"type":"function","function":{"name":"f"}}]}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(pairs.seen().path("options").toString())
                .isEqualTo(
                        "{\"temperature\":0.1,\"top_p\":0.2,\"seed\":4,\"stop\":[\"a\",\"b\"],\"presence_penalty\":0.3,"
                                + "\"frequency_penalty\":0.4,\"num_ctx\":8192,\"num_predict\":33}");
        assertThat(pairs.seen().path("think").asString()).isEqualTo("low");
        assertThat(pairs.seen().path("format").asString()).isEqualTo("json");
        assertThat(pairs.seen().path("messages").path(0).path("role").asString())
                .isEqualTo("system");
        assertThat(pairs.seen().has("tools")).isFalse();
    }
}
