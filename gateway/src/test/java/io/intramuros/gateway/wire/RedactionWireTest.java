// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Twelve kinds of personal data in every kind of text: the node sees none of them, and the caller gets all back. */
class RedactionWireTest {
    private static final Map<String, String> VALUES = values();
    private static final Pattern SURROGATE = Pattern.compile("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");

    @TempDir
    static Path folder;

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;

    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("person", "My name is Margaret Thornbury");
        values.put("email", "write to margaret.thornbury@example.com");
        values.put("phone", "call +34 612 345 678");
        values.put("iban", "IBAN DE89 3704 0044 0532 0130 00");
        values.put("card", "card 4111 1111 1111 1111");
        values.put("ip", "from 203.0.113.77");
        values.put("dni", "DNI 12345678Z");
        values.put("ssn", "SSN 536-90-4399");
        values.put("tax", "Steuer-ID 86095742719");
        values.put("secret", "token ghp_16C7e42F292c6912E7710c838347Ae178B4a");
        values.put("codice", "codice fiscale RSSMRA85T10A562S");
        values.put("nino", "NINO AB123456C");
        return values;
    }

    /** What must not be seen: the sentences' last words. */
    private static final List<String> NEEDLES = List.of(
            "Thornbury",
            "margaret.thornbury@example.com",
            "612 345 678",
            "3704 0044 0532",
            "4111 1111 1111",
            "203.0.113.77",
            "12345678Z",
            "536-90-4399",
            "86095742719",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "RSSMRA85T10A562S",
            "AB123456C");

    @BeforeAll
    static void start() {
        upstream = new RecordingUpstream((request, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(upstream.url()));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    private static ObjectNode conversation(boolean stream) {
        String all = String.join(". ", VALUES.values()) + ".";
        ObjectNode body = LiveGateway.JSON.createObjectNode();
        body.put("model", "m");
        if (stream) body.put("stream", true);
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", "The customer: " + all);
        ObjectNode parts = messages.addObject().put("role", "user");
        parts.putArray("content").addObject().put("type", "text").put("text", all);
        ObjectNode assistant = messages.addObject().put("role", "assistant").putNull("content");
        ObjectNode call = assistant
                .putArray("tool_calls")
                .addObject()
                .put("id", "call_abcdefgh123")
                .put("type", "function");
        call.putObject("function")
                .put("name", "lookup")
                .put("arguments", LiveGateway.JSON.writeValueAsString(Map.of("note", all)));
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", "call_abcdefgh123")
                .put("content", all);
        body.putObject("metadata").put("ticket", all);
        return body;
    }

    private static void assertUnseen() {
        assertThat(upstream.requests()).hasSize(1);
        String seen = upstream.requests().getFirst().body();
        for (String needle : NEEDLES) assertThat(seen).as("what the node saw").doesNotContain(needle);
        assertThat(LiveGateway.JSON.readTree(seen).path("messages").size()).isEqualTo(4);
    }

    /** The surrogates that the node saw in the user's text, and what the user wrote there. */
    private static String echo() {
        return LiveGateway.JSON
                .readTree(upstream.requests().getLast().body())
                .path("messages")
                .path(1)
                .path("content")
                .path(0)
                .path("text")
                .asString();
    }

    @Test
    void chat_whole_hidesFromTheNodeAndRestoresForTheCaller() {
        upstream.script((request, reply) -> {
            String echo = LiveGateway.JSON.writeValueAsString(echo());
            String arguments = LiveGateway.JSON.writeValueAsString("{\"to\":" + echo + "}");
            reply.json(
                    200,
                    RecordingUpstream.completion(
                            echo,
                            ",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                                    + arguments + "}}]",
                            10,
                            10));
        });

        LiveGateway.Answer answer = gateway.chat(conversation(false).toString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertUnseen();
        JsonNode message = answer.json().path("choices").path(0).path("message");
        assertRestored(message.path("content").asString());
        JsonNode arguments = LiveGateway.JSON.readTree(message.path("tool_calls")
                .path(0)
                .path("function")
                .path("arguments")
                .asString());
        assertRestored(arguments.path("to").asString());
    }

    @ParameterizedTest(name = "pieces of {0} bytes")
    @ValueSource(ints = {1, 7, 64, 4096})
    void chat_stream_hidesFromTheNodeAndRestoresForAnySplitting(int size) {
        upstream.script((request, reply) -> {
            StringBuilder stream =
                    new StringBuilder(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
            String echo = echo();
            for (int i = 0; i < echo.length(); i += 5)
                stream.append(RecordingUpstream.delta(
                        "{\"content\":"
                                + LiveGateway.JSON.writeValueAsString(echo.substring(i, Math.min(echo.length(), i + 5)))
                                + "}",
                        "null"));
            String arguments = "{\"to\":" + LiveGateway.JSON.writeValueAsString(echo) + "}";
            for (int i = 0; i < arguments.length(); i += 9)
                stream.append(RecordingUpstream.delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                                + LiveGateway.JSON.writeValueAsString(
                                        arguments.substring(i, Math.min(arguments.length(), i + 9)))
                                + "}}]}",
                        "null"));
            stream.append(RecordingUpstream.delta("{}", "\"stop\"")).append(RecordingUpstream.usageAndDone(5, 5));
            reply.streamHead();
            reply.pieces(stream.toString(), size);
            reply.end();
        });

        LiveGateway.Answer answer = gateway.chat(conversation(true).toString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertUnseen();
        StringBuilder content = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (String line :
                answer.body().lines().filter(l -> l.startsWith("data: {")).toList()) {
            JsonNode delta = LiveGateway.JSON
                    .readTree(line.substring(6))
                    .path("choices")
                    .path(0)
                    .path("delta");
            content.append(delta.path("content").asString(""));
            for (JsonNode call : delta.path("tool_calls"))
                arguments.append(call.path("function").path("arguments").asString(""));
        }
        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"usage\":{");
        assertRestored(content.toString());
        assertRestored(
                LiveGateway.JSON.readTree(arguments.toString()).path("to").asString());
    }

    @Test
    void chat_surrogateOfAStranger_isNotRestored() {
        upstream.script((request, reply) ->
                reply.json(200, RecordingUpstream.completion("\"Hello [PERSON_aaaaaaaa]\"", "", 1, 1)));

        LiveGateway.Answer answer = gateway.say("My name is Margaret Thornbury");

        assertThat(answer.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("Hello [PERSON_aaaaaaaa]");
    }

    @Test
    void chat_sameValueInTwoRequests_hasTheSameSurrogate() {
        upstream.script((request, reply) -> reply.json(200, RecordingUpstream.completion("\"ok\"", "", 1, 1)));

        gateway.say("write to jane.roe@example.com");
        gateway.say("and again: jane.roe@example.com!");

        List<String> seen = upstream.requests().stream()
                .map(request -> SURROGATE.matcher(request.body()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }

    @Test
    void chat_answerWithASecret_isMaskedForTheCaller() {
        upstream.script((request, reply) -> reply.json(
                200, RecordingUpstream.completion("\"use ghp_16C7e42F292c6912E7710c838347Ae178B4a now\"", "", 1, 1)));

        LiveGateway.Answer answer = gateway.say("which token?");

        assertThat(answer.body()).doesNotContain("ghp_16C7e42F").contains("[SECRET]");
    }

    @Test
    void embeddings_input_isHidden() {
        upstream.script((request, reply) -> reply.json(
                200,
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}],"
                        + "\"model\":\"x\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}"));

        LiveGateway.Answer answer =
                gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"jane.roe@example.com\"]}", gateway.key());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.requests().getFirst().body()).doesNotContain("jane.roe");
    }

    private static void assertRestored(String text) {
        for (String needle : NEEDLES) assertThat(text).contains(needle);
        assertThat(SURROGATE.matcher(text).find()).as(text).isFalse();
    }
}
