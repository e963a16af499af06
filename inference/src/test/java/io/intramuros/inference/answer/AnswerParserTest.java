// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the families write them, and what is in them, by hand: C said, R thought, T called. */
class AnswerParserTest {
    private static final Map<String, JsonNode> TOOLS = Map.of(
            "get_weather",
            JsonMapper.shared()
                    .readTree("{\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"},"
                            + "\"units\":{\"type\":\"array\"}}}"),
            "add",
            JsonMapper.shared().readTree("{}"));

    @ParameterizedTest
    @MethodSource("answers")
    void push_wholeAnswer_givesItsParts(Optional<CallFormat> format, String answer, String expected) {
        assertThat(parts(rules(format, false), List.of(answer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void push_everySplit_givesThePartsOfTheWhole(Optional<CallFormat> format, String answer, String expected) {
        for (int at = 0; at <= answer.length(); at++) {
            assertThat(parts(rules(format, false), List.of(answer.substring(0, at), answer.substring(at))))
                    .isEqualTo(expected);
        }
        assertThat(parts(
                        rules(format, false),
                        answer.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .isEqualTo(expected);
        var random = new Random(answer.hashCode());
        for (int i = 0; i < 50; i++) {
            List<String> pieces = new ArrayList<>();
            int from = 0;
            while (from < answer.length()) {
                int to = Math.min(answer.length(), from + 1 + random.nextInt(9));
                pieces.add(answer.substring(from, to));
                from = to;
            }
            assertThat(parts(rules(format, false), pieces)).isEqualTo(expected);
        }
    }

    private static Stream<Arguments> answers() {
        String call = "T(get_weather {\"city\":\"Oslo\"})";
        return Stream.of(
                answer("", "Hello, world.\n", "C(Hello, world.\n)"),
                answer("", " leading and <not a mark", "C( leading and <not a mark)"),
                answer("", "a <tool_call>{\"name\":\"x\"}</tool_call>", "C(a <tool_call>{\"name\":\"x\"}</tool_call>)"),
                answer("", "<think>\nHm.\nYes.\n</think>\n\nIt is 4.", "R(Hm.\nYes.)C(It is 4.)"),
                answer("", "<think></think>4", "C(4)"),
                answer("", "<think>never ends", "R(never ends)"),
                answer("", "4 <thin air", "C(4 <thin air)"),
                answer(
                        "TAGGED",
                        "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>",
                        call),
                answer(
                        "TAGGED",
                        "Let me look.\n\n<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}"
                                + "</tool_call>\n<tool_call>{\"name\": \"add\", \"arguments\": {}}</tool_call>\n",
                        "C(Let me look.)" + call + "T(add {})"),
                answer(
                        "TAGGED",
                        "<think>Weather?</think>\n<tool_call>{\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":"
                                + "\\\"Oslo\\\"}\"}</tool_call>",
                        "R(Weather?)" + call),
                answer("TAGGED", "<tool_call>not json</tool_call> ok", "C(<tool_call>not json</tool_call> ok)"),
                answer("TAGGED", "<tool_call>{\"name\": \"add\"", "C(<tool_call>{\"name\": \"add\")"),
                answer("TAGGED", "<tool_call>{\"name\": \"add\", \"arguments\": {}}", "T(add {})"),
                answer("TAGGED", "a < b and b <tool", "C(a < b and b <tool)"),
                answer(
                        "TAGGED",
                        "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": \"\\\"</tool_call>\\\\\"}}</tool_call> ok",
                        "T(add {\"a\":\"\\\"</tool_call>\\\\\"})C( ok)"),
                answer("TAGGED", "<tool_call>\"broken</tool_call> ok", "C(<tool_call>\"broken</tool_call> ok)"),
                answer(
                        "BRACKETED",
                        "<|tool_call|>[{\"name\": \"add\", \"arguments\": {\"a\": \"<|/tool_call|>\"}}]",
                        "T(add {\"a\":\"<|/tool_call|>\"})"),
                answer(
                        "PARAMETERS",
                        "<tool_call>\n<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n<parameter=days>\n3\n"
                                + "</parameter>\n<parameter=units>\n[\"C\"]\n</parameter>\n</function>\n</tool_call>",
                        "T(get_weather {\"city\":\"Oslo\",\"days\":3,\"units\":[\"C\"]})"),
                answer(
                        "PARAMETERS",
                        "<tool_call><function=get_weather><parameter=city>7</parameter><parameter=days>soon</parameter>"
                                + "</function></tool_call>",
                        "T(get_weather {\"city\":\"7\",\"days\":\"soon\"})"),
                answer(
                        "MISTRAL",
                        "[TOOL_CALLS] [{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}, "
                                + "{\"name\": \"add\", \"arguments\": {\"a\": [1, 2.5]}}]",
                        call + "T(add {\"a\":[1,2.5]})"),
                answer(
                        "MISTRAL",
                        "[TOOL_CALLS]get_weather[ARGS]{\"city\": \"Oslo\"}[TOOL_CALLS]add[ARGS]{}",
                        call + "T(add {})"),
                answer(
                        "MISTRAL",
                        "[TOOL_CALLS]add[ARGS]{\"a\": \"[TOOL_CALLS]x[ARGS]\\\"}\"}[TOOL_CALLS]add[ARGS]{}",
                        "T(add {\"a\":\"[TOOL_CALLS]x[ARGS]\\\"}\"})T(add {})"),
                answer("MISTRAL", "[TOOL_CALLS]add[ARGS]{} and", "C([TOOL_CALLS]add[ARGS]{} and)"),
                answer("MISTRAL", "[TOOL_CALLS]add[ARGS]none", "C([TOOL_CALLS]add[ARGS]none)"),
                answer("MISTRAL", "No [TOOLS] here", "C(No [TOOLS] here)"),
                answer(
                        "BRACKETED",
                        "<|tool_call|>[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}]<|/tool_call|>",
                        call),
                answer("BRACKETED", "<|tool_call|>[{\"name\": \"add\", \"arguments\": {}}]", "T(add {})"),
                answer("BARE", "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Oslo\"}}", call),
                answer(
                        "BARE",
                        "<|python_tag|>{\"type\": \"function\", \"name\": \"get_weather\", \"parameters\": {\"city\": "
                                + "\"Oslo\"}}",
                        call),
                answer(
                        "BARE",
                        "{\"name\": \"unknown\", \"parameters\": {}}",
                        "C({\"name\": \"unknown\", \"parameters\": {}})"),
                answer("BARE", "\n {\"a\": 1}\n", "C(\n {\"a\": 1}\n)"),
                answer("BARE", "Plain {\"name\": \"add\"} text", "C(Plain {\"name\": \"add\"} text)"));
    }

    @Test
    void push_promptThatEndsInAThought_startsThere() {
        assertThat(parts(rules(Optional.empty(), true), List.of("Hm", "m.</th", "ink>\n\nDone.")))
                .isEqualTo("R(Hmm.)C(Done.)");
    }

    @Test
    void push_surePart_isNotHeldBack() {
        var parser = new AnswerParser(rules(Optional.of(CallFormat.TAGGED), false), () -> "id");

        assertThat(parser.push("Hello ")).containsExactly(new AnswerPart.Content("Hello"));
        assertThat(parser.push("you <")).containsExactly(new AnswerPart.Content(" you"));
        assertThat(parser.push("b>")).containsExactly(new AnswerPart.Content(" <b>"));
        assertThat(parser.finish()).isEmpty();
    }

    @Test
    void of_template_knowsItsFormat() {
        assertThat(CallFormat.of("… <tool_call>\\n{\"name\" …")).contains(CallFormat.TAGGED);
        assertThat(CallFormat.of("<tool_call><function=f><parameter=p>")).contains(CallFormat.PARAMETERS);
        assertThat(CallFormat.of("{{ '[TOOL_CALLS]' }}")).contains(CallFormat.MISTRAL);
        assertThat(CallFormat.of("<|tool_call|>")).contains(CallFormat.BRACKETED);
        assertThat(CallFormat.of("<|python_tag|>")).contains(CallFormat.BARE);
        assertThat(CallFormat.of("<|im_start|>")).isEmpty();
    }

    @Test
    void of_rules_followTemplateAndPrompt() {
        var rules = AnswerParser.Rules.of("<think></think><tool_call>", "…assistant\n<think>\n", TOOLS);

        assertThat(rules.thinks()).isTrue();
        assertThat(rules.thinking()).isTrue();
        assertThat(rules.calls()).contains(CallFormat.TAGGED);
        assertThat(AnswerParser.Rules.of("<tool_call>", "", Map.of()).calls()).isEmpty();
    }

    @Test
    void toString_parts_keepTheirTextsToThemselves() {
        assertThat(new AnswerPart.Content("secret")).hasToString("Content[6 chars]");
        assertThat(new AnswerPart.Reasoning("secret")).hasToString("Reasoning[6 chars]");
    }

    private static Arguments answer(String format, String answer, String expected) {
        return Arguments.of(
                format.isEmpty() ? Optional.empty() : Optional.of(CallFormat.valueOf(format)), answer, expected);
    }

    private static AnswerParser.Rules rules(Optional<CallFormat> format, boolean thinking) {
        return new AnswerParser.Rules(format, true, thinking, format.isPresent() ? TOOLS : Map.of());
    }

    /** The parts in order, those of one kind that follow each other as one. */
    private static String parts(AnswerParser.Rules rules, List<String> pieces) {
        var parser = new AnswerParser(rules, () -> "id");
        List<AnswerPart> parts = new ArrayList<>();
        pieces.forEach(piece -> parts.addAll(parser.push(piece)));
        parts.addAll(parser.finish());
        var out = new StringBuilder();
        char last = ' ';
        for (AnswerPart part : parts) {
            String text = switch (part) {
                case AnswerPart.Content(var said) -> said;
                case AnswerPart.Reasoning(var thought) -> thought;
                case AnswerPart.Call(var call) -> call.name() + " " + call.arguments();
            };
            char kind = part instanceof AnswerPart.Content ? 'C' : (part instanceof AnswerPart.Call ? 'T' : 'R');
            if (kind == last && kind != 'T') {
                out.setLength(out.length() - 1);
            } else {
                out.append(kind).append('(');
            }
            out.append(text).append(')');
            last = kind;
        }
        return out.toString();
    }
}
