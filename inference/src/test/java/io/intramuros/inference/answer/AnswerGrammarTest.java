// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.grammar.AnswerGrammar;
import io.intramuros.inference.grammar.CallForm;
import io.intramuros.inference.grammar.Callable;
import io.intramuros.inference.grammar.Grammar;
import io.intramuros.inference.grammar.TokenGuide;
import io.intramuros.inference.grammar.TokenMasks;
import io.intramuros.inference.grammar.UnsupportedSchemaException;
import io.intramuros.inference.text.ToolCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What grammars of answers let through, the parser takes apart: written by chance, and by hand. */
class AnswerGrammarTest {
    private static final int END = 256;
    private static final List<String> LONGER = List.of(
            "<tool_call>", "</tool_call>", "\n<tool", "{\"name\": \"", "\": ", "</parameter>", "<think>", "\"}}");
    private static final JsonNode SCHEMA = json("{'type':'object','properties':{'a':{'type':'string'},"
            + "'b':{'type':'integer'},'c':{'type':'string','enum':['x','y z']}},'required':['a','b'],"
            + "'additionalProperties':false}");
    private static final Map<String, JsonNode> TOOLS =
            Map.of("f", SCHEMA, "g", json("{'type':'object','additionalProperties':false}"));

    private final TokenMasks masks =
            new TokenMasks(257 + LONGER.size(), AnswerGrammarTest::bytes, BitSet.valueOf(new long[] {0, 0, 0, 0, 1}));

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static byte[] bytes(int id) {
        if (id < 256) {
            return new byte[] {(byte) id};
        }
        return id == END ? new byte[0] : LONGER.get(id - 257).getBytes(StandardCharsets.UTF_8);
    }

    private static List<Callable> tools(boolean held, boolean strict) {
        return TOOLS.entrySet().stream()
                .map(tool -> new Callable(tool.getKey(), tool.getValue(), held, strict, "at." + tool.getKey()))
                .toList();
    }

    private static CallForm form(String format) {
        return format.equals("NAMED")
                ? CallFormat.MISTRAL.form("[ARGS]")
                : CallFormat.valueOf(format).form("");
    }

    private static CallFormat format(String format) {
        return format.equals("NAMED") ? CallFormat.MISTRAL : CallFormat.valueOf(format);
    }

    private static AnswerGrammar.Wish calls(String format, boolean forced, boolean several) {
        return new AnswerGrammar.Wish(
                AnswerGrammar.Thought.NONE,
                Optional.of(new AnswerGrammar.Calls(form(format), tools(true, false), forced, several)),
                Optional.empty());
    }

    static Stream<Arguments> formats() {
        return Stream.of("TAGGED", "PARAMETERS", "MISTRAL", "NAMED", "BRACKETED", "BARE")
                .flatMap(format -> Stream.of(true, false).map(several -> Arguments.of(format, several)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void forced_anyText_isCallsThatSatisfyTheirSchemas(String format, boolean several) throws Exception {
        Grammar grammar = AnswerGrammar.of(calls(format, true, several));
        for (int seed = 0; seed < 60; seed++) {
            String text = write(grammar, new Random(seed));
            List<AnswerPart> parts = parse(format, text);

            assertThat(parts).as("seed %d: %s", seed, text).isNotEmpty().allMatch(AnswerPart.Call.class::isInstance);
            assertThat(parts.size()).isLessThanOrEqualTo(several ? 16 : 1);
            parts.forEach(part -> assertSound(((AnswerPart.Call) part).call(), text));
        }
    }

    private static void assertSound(ToolCall call, String text) {
        JsonNode arguments = JsonMapper.shared().readTree(call.arguments());
        if (call.name().equals("g")) {
            assertThat(arguments.isEmpty()).as(text).isTrue();
            return;
        }
        assertThat(call.name()).as(text).isEqualTo("f");
        assertThat(arguments.path("a").isString()).as(text).isTrue();
        assertThat(arguments.path("b").isIntegralNumber()).as(text).isTrue();
        assertThat(arguments.path("c").asString("x")).as(text).isIn("x", "y z");
        assertThat(arguments.propertyNames()).as(text).isSubsetOf("a", "b", "c");
    }

    private static List<AnswerPart> parse(String format, String text) {
        var rules = new AnswerParser.Rules(Optional.of(format(format)), false, false, TOOLS);
        var parser = new AnswerParser(rules, () -> "id");
        List<AnswerPart> parts = new ArrayList<>(parser.push(text));
        parts.addAll(parser.finish());
        return parts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAGGED", "MISTRAL", "NAMED", "BRACKETED", "BARE"})
    void free_anyText_endsWheneverItMayAndItsCallsAreJson(String format) throws Exception {
        Grammar grammar = AnswerGrammar.of(calls(format, false, true));
        int called = 0;
        for (int seed = 0; seed < 60; seed++) {
            String open = form(format).open();
            String begin = format.equals("BARE") && seed % 2 == 0 ? "{" : (seed % 3 == 0 ? "" : "Well, ") + open;
            String text = write(grammar, new Random(seed), begin);
            List<AnswerPart> parts = parse(format, text);

            called += parts.stream().anyMatch(AnswerPart.Call.class::isInstance) ? 1 : 0;
            parts.stream()
                    .filter(AnswerPart.Call.class::isInstance)
                    .forEach(part -> assertSound(((AnswerPart.Call) part).call(), text));
        }
        assertThat(called).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\u00a7',
            value = {
                "TAGGED \u00a7 Hello <b>, 日本 \u00a7 true",
                "TAGGED \u00a7 <tool_cal \u00a7 true",
                "TAGGED \u00a7 <<tool_call>x \u00a7 false",
                "TAGGED \u00a7 <tool_call>{\"name\": \"h\" \u00a7 false",
                "TAGGED \u00a7 <tool_call>{\"name\": \"g\", \"arguments\": {}}</tool_call> and \u00a7 true",
                "TAGGED \u00a7 <tool_call>{\"name\": \"g\", \"arguments\": {\"a\":1}}</tool_call> \u00a7 false",
                "BARE \u00a7 {\"name\": \"g\", \"parameters\": {}} \u00a7 true",
                "BARE \u00a7 {\"answer\": 1} \u00a7 false",
                "BARE \u00a7 Say {\"answer\": 1} \u00a7 true",
                "BARE \u00a7 <|python_tag|>{\"name\": \"g\", \"parameters\": {}} \u00a7 true",
                "BARE \u00a7 <|python_tag|>print(1) \u00a7 false",
                "MISTRAL \u00a7 [TOOL_CALLS] [{\"name\": \"g\", \"arguments\": {}}] \u00a7 true",
                "MISTRAL \u00a7 [TOOL_CALLS] {\"name\": \"g\", \"arguments\": {}} \u00a7 false",
                "NAMED \u00a7 [TOOL_CALLS]g[ARGS]{}[TOOL_CALLS]f[ARGS]{\"a\":\"\",\"b\":1} \u00a7 true",
            })
    void free_text_isTakenOrNot(String format, String text, boolean taken) throws Exception {
        assertThat(takes(AnswerGrammar.of(calls(format, false, true)), text)).isEqualTo(taken);
    }

    @Test
    void forced_thoughtFirst_isFree() throws Exception {
        var possible = new AnswerGrammar.Wish(
                AnswerGrammar.Thought.POSSIBLE,
                Optional.of(new AnswerGrammar.Calls(form("TAGGED"), tools(false, false), true, false)),
                Optional.empty());
        String call = "<tool_call>{\"name\": \"f\", \"arguments\": {\"any\": [1]}}</tool_call>";
        Grammar grammar = AnswerGrammar.of(possible);

        assertThat(takes(grammar, call)).isTrue();
        assertThat(takes(grammar, "<think>Hm <tool_call> no</think>\n\n" + call))
                .isTrue();
        assertThat(takes(grammar, "<think>Hm")).isFalse();
        assertThat(takes(grammar, "Hm")).isFalse();
        assertThat(takes(grammar, call + call)).isFalse();
        var begun = new AnswerGrammar.Wish(AnswerGrammar.Thought.BEGUN, possible.calls(), Optional.empty());
        assertThat(takes(AnswerGrammar.of(begun), "Hm</think>" + call)).isTrue();
        assertThat(takes(AnswerGrammar.of(begun), call)).isFalse();
    }

    @Test
    void schemaAndCalls_eitherIsTaken() throws Exception {
        var wish = new AnswerGrammar.Wish(
                AnswerGrammar.Thought.NONE,
                calls("TAGGED", false, false).calls(),
                Optional.of(new AnswerGrammar.Json(json("{'type':'boolean'}"), "format")));
        Grammar grammar = AnswerGrammar.of(wish);

        assertThat(takes(grammar, "true")).isTrue();
        assertThat(takes(grammar, "<tool_call>{\"name\": \"g\", \"arguments\": {}}</tool_call>"))
                .isTrue();
        assertThat(takes(grammar, "words")).isFalse();
    }

    @Test
    void of_strictToolThatNoGrammarHolds_isRefusedByItsPlace() {
        for (String format : List.of("TAGGED", "PARAMETERS")) {
            var wish = new AnswerGrammar.Wish(
                    AnswerGrammar.Thought.NONE,
                    Optional.of(new AnswerGrammar.Calls(
                            form(format),
                            List.of(new Callable(
                                    "f",
                                    json("{'type':'object','properties':{'a':{'type':'object','not':{}}}}"),
                                    true,
                                    true,
                                    "tools[3]")),
                            false,
                            true)),
                    Optional.empty());
            assertThatThrownBy(() -> AnswerGrammar.of(wish))
                    .isInstanceOfSatisfying(
                            UnsupportedSchemaException.class,
                            e -> assertThat(e.path()).isEqualTo("tools[3].properties.a.not"));
        }
    }

    @Test
    void of_argumentsThatAreNoObject_areRefusedWhereStrict() {
        var tool = new Callable("f", json("{'type':'string'}"), true, true, "p");
        var wish = new AnswerGrammar.Wish(
                AnswerGrammar.Thought.NONE,
                Optional.of(new AnswerGrammar.Calls(form("TAGGED"), List.of(tool), true, true)),
                Optional.empty());

        assertThatThrownBy(() -> AnswerGrammar.of(wish))
                .isInstanceOfSatisfying(
                        UnsupportedSchemaException.class,
                        e -> assertThat(e.path()).isEqualTo("p.type"));
    }

    private static boolean takes(Grammar grammar, String text) {
        Grammar.State state = grammar.start();
        for (byte b : text.strip().getBytes(StandardCharsets.UTF_8)) {
            Grammar.State next = state.after(b);
            if (next == null) {
                return false;
            }
            state = next;
        }
        return state.mayEnd();
    }

    private String write(Grammar grammar, Random random) {
        return write(grammar, random, "");
    }

    /** Writes by chance, after a beginning, with a liking for what closes. */
    private String write(Grammar grammar, Random random, String begin) {
        var guide = new TokenGuide(masks, grammar);
        var out = new ByteArrayOutputStream();
        for (byte b : begin.getBytes(StandardCharsets.UTF_8)) {
            guide.take(b & 0xFF);
            out.write(b);
        }
        while (!guide.isOver()) {
            BitSet allowed = guide.allowed();
            if (allowed.get(END) && random.nextInt(3) > 0) {
                break;
            }
            int[] closing = IntStream.of('"', '}', ']', '<', '/')
                    .filter(id -> allowed.get(id))
                    .toArray();
            int[] from = closing.length > 0 && random.nextInt(4) > 0
                    ? closing
                    : allowed.stream().filter(id -> id != END).toArray();
            int token = random.nextInt(3) == 0 && allowed.get(257 + 5) ? 257 + 5 : from[random.nextInt(from.length)];
            if (out.size() > 4000 && allowed.get(END)) {
                break;
            }
            guide.take(token);
            out.writeBytes(bytes(token));
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
