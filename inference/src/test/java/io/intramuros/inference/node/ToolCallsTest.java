// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.events;
import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.text.Vocabularies;
import io.intramuros.inference.text.Vocabulary;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Calls of tools over HTTP, by a model that says what it is told to. */
class ToolCallsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String TELL = "{% if tools %}{{ tools | tojson }}{% endif %}{% for m in messages %}"
            + "<|im_start|>{{ m.role }}\n{{ m.content }}{% for c in m.tool_calls %}"
            + "CALL{{ c.function | tojson }}{% endfor %}<|im_end|>{% endfor %}<|im_start|>assistant\n";
    private static final String HERMES = TELL + "{# <tool_call> #}";
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","description":"Weather of a city","parameters":
            {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city","days"],
            "additionalProperties":false}}},{"type":"function","function":{"name":"now"}}]""";
    private static final String CALL = "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\", \"days\": 2}}";

    private static String body(String more) {
        return "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Weather?\"}]," + more + "}";
    }

    private static Vocabulary hermes() {
        return Vocabularies.bytes(Optional.of(HERMES));
    }

    private static JsonNode ask(NodeFixture node, String more) throws Exception {
        HttpResponse<String> response = node.post(CHAT, body(more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response.body()).at("/choices/0");
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of("", "Let me see.\n<tool_call>\n" + CALL + "\n</tool_call>", "Let me see.", List.of()),
                Arguments.of(
                        "{# <tool_call> <parameter= #}",
                        "Hm <tool_call>\n<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n<parameter=days>\n2\n"
                                + "</parameter>\n</function>\n</tool_call>",
                        "Hm",
                        List.of()),
                Arguments.of("{# [TOOL_CALLS] #}", "[TOOL_CALLS] [" + CALL + "]", null, List.of("[TOOL_CALLS]")),
                Arguments.of(
                        "{# [TOOL_CALLS] [ARGS] #}",
                        "Well [TOOL_CALLS]get_weather[ARGS]{\"city\": \"Oslo\", \"days\": 2}",
                        "Well",
                        List.of("[TOOL_CALLS]", "[ARGS]")),
                Arguments.of(
                        "{# <|tool_call|> #}",
                        "<|tool_call|>[" + CALL + "]",
                        null,
                        List.of("<|tool_call|>", "<|/tool_call|>")),
                Arguments.of(
                        "{# <|python_tag|> #}",
                        "<|python_tag|>" + CALL.replace("arguments", "parameters"),
                        null,
                        List.of("<|python_tag|>")),
                Arguments.of("{# <|python_tag|> #}", CALL.replace("arguments", "parameters"), null, List.of()));
    }

    private static Vocabulary family(String marks, List<String> controls) {
        return Vocabularies.marked(marks.isEmpty() ? HERMES : TELL + marks, controls);
    }

    @ParameterizedTest
    @MethodSource("families")
    void chat_modelCalls_callIsStructured(String marks, String said, String content, List<String> controls)
            throws Exception {
        try (NodeFixture node = NodeFixture.saying(said, family(marks, controls))) {
            JsonNode choice = ask(node, TOOLS);

            JsonNode call = choice.at("/message/tool_calls/0");
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("tool_calls");
            assertThat(choice.at("/message/content").asString(null)).isEqualTo(content);
            assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
            assertThat(call.path("type").stringValue()).isEqualTo("function");
            assertThat(call.at("/function/name").stringValue()).isEqualTo("get_weather");
            assertThat(json(call.at("/function/arguments").stringValue()))
                    .isEqualTo(json("{\"city\":\"Oslo\",\"days\":2}"));
            assertThat(call.path("id").stringValue())
                    .matches(marks.contains("[TOOL_CALLS]") ? "[0-9a-f]{9}" : "call_[0-9a-f]{24}");
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void chat_modelCallsStreamed_deltasAreThoseOfTheWhole(
            String marks, String said, String content, List<String> controls) throws Exception {
        try (NodeFixture node = NodeFixture.saying(said, family(marks, controls))) {
            List<JsonNode> events =
                    events(node.post(CHAT, body(TOOLS + ",\"stream\":true")).body());

            String text = events.stream()
                    .map(e -> e.at("/choices/0/delta/content").asString(""))
                    .collect(Collectors.joining());
            List<JsonNode> calls = calls(events);
            assertThat(text).isEqualTo(content == null ? "" : content);
            assertThat(calls).hasSize(1);
            assertThat(calls.getFirst().path("index").intValue()).isZero();
            assertThat(calls.getFirst().path("id").stringValue()).isNotBlank();
            assertThat(calls.getFirst().at("/function/name").stringValue()).isEqualTo("get_weather");
            assertThat(json(calls.getFirst().at("/function/arguments").stringValue()))
                    .isEqualTo(json("{\"city\":\"Oslo\",\"days\":2}"));
            assertThat(events.getLast().at("/choices/0/finish_reason").stringValue())
                    .isEqualTo("tool_calls");
        }
    }

    private static List<JsonNode> calls(List<JsonNode> events) {
        List<JsonNode> calls = new ArrayList<>();
        events.forEach(e -> e.at("/choices/0/delta/tool_calls").forEach(calls::add));
        return calls;
    }

    @Test
    void chat_severalCalls_areNumberedAndNamedApart() throws Exception {
        String said =
                "<tool_call>" + CALL + "</tool_call>\n<tool_call>{\"name\": \"now\", \"arguments\": {}}</tool_call>";
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            List<JsonNode> calls = calls(
                    events(node.post(CHAT, body(TOOLS + ",\"stream\":true")).body()));

            assertThat(calls).extracting(c -> c.path("index").intValue()).containsExactly(0, 1);
            assertThat(calls)
                    .extracting(c -> c.at("/function/name").stringValue())
                    .containsExactly("get_weather", "now");
            assertThat(calls).extracting(c -> c.path("id").stringValue()).doesNotHaveDuplicates();
        }
    }

    @Test
    void chat_oneCallAtATime_endsAfterTheFirst() throws Exception {
        String said =
                "<tool_call>" + CALL + "</tool_call>\n<tool_call>{\"name\": \"now\", \"arguments\": {}}</tool_call>";
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            JsonNode choice = ask(node, TOOLS + ",\"parallel_tool_calls\":false");

            assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("tool_calls");
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void chat_required_isACallWhateverTheModelWouldSay(String marks, String said, String content, List<String> controls)
            throws Exception {
        try (NodeFixture node = NodeFixture.saying("I would rather chat.", family(marks, controls))) {
            for (int seed = 1; seed <= 4; seed++) {
                JsonNode choice = ask(
                        node,
                        TOOLS + ",\"tool_choice\":\"required\",\"temperature\":2,\"top_p\":1,\"seed\":" + seed
                                + ",\"max_tokens\":3000");

                assertThat(choice.path("finish_reason").stringValue())
                        .as(choice.toString())
                        .isIn("tool_calls", "length");
                if (choice.path("finish_reason").stringValue().equals("tool_calls")) {
                    assertSound(choice.at("/message/tool_calls"));
                }
            }
        }
    }

    private static void assertSound(JsonNode calls) {
        assertThat(calls.isEmpty()).isFalse();
        for (JsonNode call : calls) {
            JsonNode arguments = json(call.at("/function/arguments").stringValue());
            if (call.at("/function/name").stringValue().equals("now")) {
                assertThat(arguments.isEmpty()).isTrue();
            } else {
                assertThat(call.at("/function/name").stringValue()).isEqualTo("get_weather");
                assertThat(arguments.propertyNames()).containsExactly("city", "days");
                assertThat(arguments.path("city").isString()).isTrue();
                assertThat(arguments.path("days").isIntegralNumber()).isTrue();
            }
        }
    }

    @Test
    void chat_namedTool_isThatOneOnce() throws Exception {
        try (NodeFixture node = NodeFixture.saying("I would rather chat.", hermes())) {
            JsonNode choice =
                    ask(node, TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"now\"}}");

            assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
            assertThat(choice.at("/message/tool_calls/0/function/name").stringValue())
                    .isEqualTo("now");
            assertThat(choice.at("/message/tool_calls/0/function/arguments").stringValue())
                    .isEqualTo("{}");
        }
    }

    @Test
    void chat_none_isNoCallEvenWhereTheModelWritesOne() throws Exception {
        String said = "<tool_call>" + CALL + "</tool_call>";
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            JsonNode choice = ask(node, TOOLS + ",\"tool_choice\":\"none\"");

            assertThat(choice.path("message").has("tool_calls")).isFalse();
            assertThat(choice.at("/message/content").stringValue()).isEqualTo(said);
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("stop");
        }
    }

    @Test
    void chat_brokenJsonInACall_isHeldToJson() throws Exception {
        String said = "Yes <tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": Oslo, days}}</tool_call>";
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            JsonNode choice = ask(node, TOOLS + ",\"max_tokens\":400");

            assertThat(choice.at("/message/content").asString("")).startsWith("Yes");
            if (choice.path("finish_reason").stringValue().equals("tool_calls")) {
                assertThat(json(choice.at("/message/tool_calls/0/function/arguments")
                                        .stringValue())
                                .isObject())
                        .isTrue();
            }
        }
    }

    @Test
    void chat_strictTool_isHeldToItsSchema() throws Exception {
        String said = "<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"days\": \"x\"}}</tool_call>";
        String strict = TOOLS.replaceFirst("\"name\":\"get_weather\"", "\"name\":\"get_weather\",\"strict\":true");
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            JsonNode choice = ask(node, strict + ",\"temperature\":1,\"top_p\":1,\"seed\":3,\"max_tokens\":3000");

            if (choice.path("finish_reason").stringValue().equals("tool_calls")) {
                assertSound(choice.at("/message/tool_calls"));
            }
            assertThat(choice.at("/message/content").asString("")).doesNotContain("\"days\": \"x\"");
        }
    }

    @Test
    void chat_closingMarkInsideAnArgument_isText() throws Exception {
        String said =
                "<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"</tool_call> \\\" x\", \"days\": 1}}"
                        + "</tool_call>";
        try (NodeFixture node = NodeFixture.saying(said, hermes())) {
            JsonNode choice = ask(node, TOOLS);

            assertThat(json(choice.at("/message/tool_calls/0/function/arguments")
                                    .stringValue())
                            .path("city")
                            .stringValue())
                    .isEqualTo("</tool_call> \" x");
        }
    }

    @Test
    void chat_callsInTheHistory_reachTheTemplate() throws Exception {
        // The prompt is counted in bytes and marks, so its length says what the template wrote.
        String messages = """
                {"model":"scripted","max_tokens":1,"messages":[{"role":"user","content":"a"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"now",
                "arguments":"{\\"a\\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"12:00"}]}""";
        String prompt = "user\naassistant\nCALL{\"name\": \"now\", \"arguments\": {\"a\": 1}}tool\n12:00assistant\n";
        try (NodeFixture node = NodeFixture.saying("x", hermes())) {
            JsonNode answer = json(node.post(CHAT, messages).body());

            // Three messages between two marks each, and the mark that opens the answer.
            assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(prompt.length() + 3 * 2 + 1);
        }
    }

    @Test
    void chat_mistralHistoryOfAnotherModel_isTakenUnderShortIds() throws Exception {
        String template = "{% for m in messages %}{% for c in m.tool_calls %}{% if c.id | length != 9 %}"
                + "{{ raise_exception('nine') }}{% endif %}{{ c.id }}{% endfor %}{% if m.role == 'tool' %}"
                + "{% if m.tool_call_id | length != 9 %}{{ raise_exception('nine') }}{% endif %}{{ m.tool_call_id }}"
                + "{% endif %}{% endfor %}{{ tools | tojson }}{# [TOOL_CALLS] #}";
        String body = """
                {"model":"scripted","max_tokens":1,"messages":[{"role":"user","content":"a"},
                {"role":"assistant","tool_calls":[{"id":"call_0123456789","type":"function","function":{"name":"now",
                "arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_0123456789","content":"12:00"}]}""";
        try (NodeFixture node = NodeFixture.saying("x", Vocabularies.bytes(Optional.of(template)))) {
            HttpResponse<String> answer = node.post(CHAT, body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(json(answer.body()).at("/usage/prompt_tokens").intValue())
                    .isEqualTo(9 + 9 + "null".length());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]              | tools",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\" | tools"
            })
    void chat_modelWithoutTools_refusesThemByName(String more, String param) throws Exception {
        try (NodeFixture node = NodeFixture.saying("x")) {
            HttpResponse<String> response = node.post(CHAT, body(more));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response.body()).at("/error/param").stringValue()).isEqualTo(param);
            assertThat(json(response.body()).at("/error/code").stringValue()).isEqualTo("tools_unsupported");
            assertThat(json(response.body()).at("/error/message").stringValue()).contains("template knows no tools");
            assertThat(node.post(
                                    CHAT,
                                    body(more.replace(",\"tool_choice\":\"required\"", "")
                                            + ",\"tool_choice\":\"none\""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void chat_callsInTheHistoryOfAModelWithoutTools_areRefusedByName() throws Exception {
        String body = """
                {"model":"scripted","messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":
                [{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}""";
        try (NodeFixture node = NodeFixture.saying("x")) {
            HttpResponse<String> response = node.post(CHAT, body);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response.body()).at("/error/param").stringValue()).isEqualTo("messages[1].tool_calls");
        }
    }

    @Test
    void chat_templateWhoseCallsNobodyReads_refusesToolsByName() throws Exception {
        try (NodeFixture node = NodeFixture.saying("x", Vocabularies.bytes(Optional.of(TELL)))) {
            HttpResponse<String> response = node.post(CHAT, body(TOOLS));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response.body()).at("/error/message").stringValue())
                    .contains("how this model writes calls");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":{}                                                   | tools",
                "\"tools\":[{}]                                                 | tools[0].type",
                "\"tools\":[{\"type\":\"web_search\"}]                          | tools[0].type",
                "\"tools\":[{\"type\":\"function\"}]                            | tools[0].function",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}] | tools[0].function.name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}]"
                        + " | tools[0].function.parameters",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\"}}] | tools[1].function.name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{}}}}}}]"
                        + " | tools[0].function.parameters.properties.a.not",
                "TOOLS,\"tool_choice\":\"maybe\"                                | tool_choice",
                "TOOLS,\"tool_choice\":{\"type\":\"allowed_tools\"}             | tool_choice.type",
                "TOOLS,\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}} | tool_choice.function.name",
                "\"tool_choice\":\"required\"                                   | tool_choice",
                "\"functions\":[{\"name\":\"f\"}]                               | functions",
                "\"chat_template_kwargs\":{\"tools\":[]}                        | chat_template_kwargs.tools"
            })
    void chat_wrongTools_areRefusedByField(String more, String param) throws Exception {
        try (NodeFixture node = NodeFixture.saying("x", hermes())) {
            HttpResponse<String> response = node.post(CHAT, body(more.replace("TOOLS", TOOLS)));

            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(json(response.body()).at("/error/param").stringValue()).isEqualTo(param);
        }
    }

    @Test
    void chat_schemaThatNoGrammarHolds_isPassedOverWhereNotStrict() throws Exception {
        String tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{}}}}}}],\"tool_choice\":\"required\"";
        try (NodeFixture node =
                NodeFixture.saying("<tool_call>{\"name\": \"f\", \"arguments\": {\"b\": 1}}</tool_call>", hermes())) {
            JsonNode choice = ask(node, tool);

            assertThat(choice.at("/message/tool_calls/0/function/arguments").stringValue())
                    .isEqualTo("{\"b\":1}");
        }
    }

    @Test
    void models_whatEachCan_isSaid() throws Exception {
        try (NodeFixture able = NodeFixture.saying("x", hermes());
                NodeFixture other = NodeFixture.saying("x")) {
            assertThat(json(able.get("/v1/models/scripted").body()).path("capabilities"))
                    .isEqualTo(json("[\"chat\",\"completion\",\"tools\"]"));
            assertThat(json(other.get("/v1/models/scripted").body()).path("capabilities"))
                    .isEqualTo(json("[\"chat\",\"completion\"]"));
        }
    }
}
