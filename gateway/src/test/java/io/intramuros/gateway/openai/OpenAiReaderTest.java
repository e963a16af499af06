// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.TextSlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"m","model":"n","messages":[]}                                     | invalid_json    |
            {"model":"m","messages":[{"role":"user","content":"x"}],"temperature":1e999} | invalid_json    |
            {"model":"m","messages":[{"role":"user","content":"x"}]} trailing           | invalid_json    |
            {"model":"m","messages":[{"role":"user","content":"\\ud800"}]}              | invalid_json    |
            [1]                                                                         | invalid_json    |
            {"messages":[{"role":"user","content":"x"}]}                                | invalid_request | model
            {"model":"m"}                                                               | invalid_request | messages
            {"model":"m","messages":[{"role":"king","content":"x"}]}                    | invalid_request | messages[0].role
            {"model":"m","messages":[{"role":"user","content":7}]}                      | invalid_request | messages[0].content
            {"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]} | invalid_request | messages[0].content[0]
            {"model":"m","messages":[{"role":"user","content":"x"}],"n":0}              | invalid_request | n
            {"model":"m","messages":[{"role":"user","content":"x"}],"stream":"yes"}     | invalid_request | stream
            {"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}     | invalid_request | max_tokens
            {"model":"m","messages":[{"role":"user","content":"x"}],"top_p":1.5}        | invalid_request | top_p
            {"model":"m","messages":[{"role":"user","content":"x"}],"stream_options":{}} | invalid_request | stream_options
            """)
    void read_faultyChat_namesTheFault(String body, String code, String param) {
        Refusal refusal = refusal(Operation.CHAT, body);

        assertThat(refusal.code().code()).isEqualTo(code);
        assertThat(refusal.param()).isEqualTo(param);
    }

    @Test
    void read_depthOver64_isRefused() {
        String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";

        assertThat(refusal(Operation.CHAT, deep).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void read_tokenIdsAsEmbeddingInput_areRefused() {
        assertThat(refusal(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":[1,2]}")
                        .param())
                .isEqualTo("input");
    }

    @Test
    void read_everyTextField_isASlot() {
        ModelRequest request = sound("""
                {"model":"m","user":"u1","messages":[
                 {"role":"system","content":"s1"},
                 {"role":"user","name":"n1","content":[{"type":"text","text":"p1"},{"type":"text","text":"p2"}]},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"call_abcdefgh1","type":"function",
                   "function":{"name":"f","arguments":"{\\"a\\":1}"}}]},
                 {"role":"tool","tool_call_id":"call_abcdefgh1","content":"t1"}],
                 "tools":[{"type":"function","function":{"name":"f","description":"d1","parameters":{"type":"object"}}}],
                 "metadata":{"k":"v1"},"stop":["x1"],"brand_new":{"deep":["y1",4111111111111111]}}""");

        assertThat(request.slots())
                .extracting(TextSlot::text)
                .containsExactlyInAnyOrder(
                        "u1", "s1", "n1", "p1", "p2", "{\"a\":1}", "t1", "d1", "v1", "x1", "y1", "4111111111111111");
        assertThat(request.slots())
                .filteredOn(slot -> slot.form() == TextSlot.Form.JSON)
                .hasSize(1);
    }

    @Test
    void read_wordsOfTheProtocolInWrongPlaces_areSlots() {
        ModelRequest request = sound("""
                {"model":"m","messages":[{"role":"user","content":"c"}],"tool_choice":"jane@example.com",\
                "john@example.com":true,"id":"jane@example.com"}""");

        assertThat(request.slots())
                .extracting(TextSlot::text)
                .containsExactlyInAnyOrder("c", "jane@example.com", "john@example.com", "jane@example.com");
    }

    @Test
    void replace_valueNameAndNumber_areWrittenInPlace() {
        ModelRequest request = sound("""
                {"model":"m","messages":[{"role":"user","content":"c"}],"a@b.example":12345678}""");

        for (TextSlot slot : request.slots()) slot.replace("new-" + slot.form());

        assertThat(StrictJson.text(request.body()))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"new-TEXT\"}],"
                        + "\"new-NAME\":\"new-NUMBER\"}");
    }

    private static ModelRequest sound(String body) {
        return switch (OpenAiReader.chat(body.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Sound(ModelRequest request) -> request;
            case Reading.Faulty(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static Refusal refusal(Operation operation, String body) {
        return switch (operation == Operation.CHAT
                ? OpenAiReader.chat(body.getBytes(StandardCharsets.UTF_8))
                : OpenAiReader.embeddings(body.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Sound sound -> throw new AssertionError("read: " + List.of(sound));
            case Reading.Faulty(Refusal refusal) -> refusal;
        };
    }
}
