// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemasTest {
    private static final int GENERATED = Integer.getInteger("schemas", 400);
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /* All bytes, the end, and tokens of several bytes that begin, end and cross values. */
    private static final List<String> LONGER = List.of(
            "\": ",
            "\",",
            "\"}",
            "\"]",
            "{\"",
            "[\"",
            "},",
            "}]",
            "]}",
            "\",\"",
            "true",
            "false",
            "null",
            "12",
            "-1",
            "p0",
            "p1\"",
            "p0\":",
            "next\":",
            "hello",
            " world",
            "\\n",
            "\\\"",
            "\\u00e9",
            "\u00fc",
            "\u65e5\u672c",
            "ca",
            "f\u00e9",
            "0.5",
            "e+",
            "\n  ",
            ", ",
            "a\":",
            "b\":");
    private static final int END = 256;

    private final TokenMasks masks =
            new TokenMasks(257 + LONGER.size(), JsonSchemasTest::bytes, BitSet.valueOf(new long[] {0, 0, 0, 0, 1}));

    @Test
    void allowed_generatedSchemas_everyTextParsesAndSatisfiesItsSchema() throws Exception {
        for (int seed = 0; seed < GENERATED; seed++) {
            JsonNode schema = new RandomSchema(seed).schema();
            String text = write(JsonSchemas.of(schema), new Random(seed));
            JsonNode value = STRICT.readTree(text);
            assertThat(RandomSchema.satisfies(value, schema, schema))
                    .as("seed %d: %s of %s", seed, text, schema)
                    .isTrue();
        }
    }

    @Test
    void allowed_withoutTheMask_hardlyAnyTextParses() {
        int parsed = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var out = new ByteArrayOutputStream();
            IntStream.range(0, 2 + random.nextInt(20))
                    .forEach(_ -> out.writeBytes(bytes(32 + random.nextInt(225 + LONGER.size()))));
            try {
                parsed += STRICT.readTree(out.toByteArray()).isContainer() ? 1 : 0;
            } catch (JacksonException e) {
                assertThat(e).isNotNull();
            }
        }
        assertThat(parsed).isLessThan(10);
    }

    @Test
    void allowed_anyObject_everyTextIsAnObject() throws Exception {
        Grammar grammar = JsonSchemas.anyObject();
        for (int seed = 0; seed < 50; seed++) {
            assertThat(STRICT.readTree(write(grammar, new Random(seed))).isObject())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\": [1, 2.5e+3, -0.1, true, null]}",
                "{\n  \"a\": {\n    \"b\": \"x\"\n  }\n}",
                "{\"\u65e5\u672c\":\"\\ud83d\\ude00 \\u00e9 \ud83d\ude00\"}"
            })
    void anyObject_validJson_isTaken(String text) {
        assertThat(takes(JsonSchemas.anyObject(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":tru}",
                "{a:1}",
                "{\"a\":1} ",
                "{\"a\":.5}",
                "{\"a\":1e}"
            })
    void anyObject_otherText_isRefused(String text) {
        assertThat(takes(JsonSchemas.anyObject(), text)).isFalse();
    }

    @Test
    void of_bytesThatAreNoUtf8_areRefused() {
        Grammar grammar = JsonSchemas.anyObject();
        for (int[] bad :
                new int[][] {{0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}, {0xE0, 0x80, 0x80}}) {
            Grammar.State state = grammar.start();
            for (byte b : "{\"a\":\"".getBytes(StandardCharsets.UTF_8)) {
                state = after(state, b);
            }
            for (int b : bad) {
                state = state == null ? null : state.after((byte) b);
            }
            assertThat(state).isNull();
        }
    }

    @Test
    void of_propertiesInOrder_optionalOnesMayBeLeftOut() throws Exception {
        Grammar grammar = grammar(
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'},'c':{'type':'null'}},"
                        + "'required':['b']}");
        for (String good :
                List.of("{\"b\":1}", "{\"a\":2,\"b\":1}", "{\"b\":1, \"c\":null}", "{\"a\": 0,\"b\":-1,\"c\":null}")) {
            assertThat(takes(grammar, good)).as(good).isTrue();
        }
        for (String bad :
                List.of("{}", "{\"a\":2}", "{\"b\":1,\"a\":2}", "{,\"b\":1}", "{\"b\":1,\"d\":1}", "{\"b\":null}")) {
            assertThat(takes(grammar, bad)).as(bad).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'string','pattern':'(?=a)'} | pattern",
                "{'type':'string','pattern':'a(^b)'} | pattern",
                "{'type':'string','pattern':'\\\\bword'} | pattern",
                "{'type':'string','pattern':'(a'} | pattern",
                "{'type':'string','pattern':'a)'} | pattern",
                "{'type':'string','pattern':'[a'} | pattern",
                "{'type':'string','pattern':'*'} | pattern",
                "{'type':'string','pattern':'a{2,1}'} | pattern",
                "{'type':'string','pattern':'(a{100}){100}'} | pattern",
                "{'type':'string','pattern':'a{x}'} | pattern",
                "{'type':'string','pattern':'a{2'} | pattern",
                "{'type':'string','pattern':'\\\\'} | pattern",
                "{'type':'string','pattern':3} | pattern",
                "{'type':'string','pattern':'a','maxLength':3} | maxLength",
                "{'type':'object','properties':{'a':{'minimum':3,'type':'number'}}} | properties.a.minimum",
                "{'type':'integer','minimum':'3'} | minimum",
                "{'type':'integer','maximum':1e999999} | maximum",
                "{'minimum':3} | minimum",
                "{'not':{}} | not",
                "{'type':'thing'} | type",
                "{'$ref':'#/$defs/none'} | $ref",
                "{'$ref':'http://example.org/x'} | $ref",
                "{'type':'object','required':['x']} | required",
                "{'enum':[]} | enum",
                "{'anyOf':[{'type':'string'}],'properties':{}} | properties",
                "{'type':'array','minItems':-1} | minItems",
                "{'allOf':[{},{}]} | allOf",
            })
    void of_whatNoGrammarHoldsTo_isRefusedByItsPath(String schema, String path) {
        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOfSatisfying(
                        UnsupportedSchemaException.class,
                        e -> assertThat(e.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'$ref':'#'}},'required':['a']}",
                "{'$ref':'#'}",
                "{'anyOf':[{'$ref':'#'}]}",
                "{'type':'array','items':{'$ref':'#'},'minItems':1}",
                "{'type':'string','minLength':3,'maxLength':2}",
                "{'type':'integer','minimum':3,'maximum':2}",
                "{'type':'string','pattern':'^[]$'}"
            })
    void of_whatNothingFiniteSatisfies_isRefused(String schema) {
        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("finite");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'minimum':3                             | 3 4 99 1000000       | 2 0 -3 03 3.0",
                "'minimum':-12,'maximum':105             | -12 -9 0 9 10 105    | -13 -20 106 110 1000 -0",
                "'exclusiveMinimum':0,'maximum':9        | 1 9                  | 0 10",
                "'minimum':0.5,'exclusiveMaximum':2.5    | 1 2                  | 0 3",
                "'minimum':187,'maximum':2345            | 187 200 999 1000 2345 2299 | 186 99 2346 3000 10000",
                "'maximum':-100                          | -100 -101 -99999     | -99 -1 0 100",
                "'minimum':7,'maximum':7                 | 7                    | 6 8 70 77",
            })
    void of_integerBounds_areHeld(String bounds, String good, String bad) throws Exception {
        Grammar grammar = grammar("{'type':'integer'," + bounds + "}");
        for (String text : good.split(" ", -1)) {
            assertThat(takes(grammar, text)).as(text).isTrue();
        }
        for (String text : bad.split(" ", -1)) {
            assertThat(takes(grammar, text)).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void of_integerBoundsByChance_takeExactlyWhatIsBetween(int seed) throws Exception {
        var random = new Random(seed);
        int low = random.nextInt(3000) - 1500;
        int high = low + random.nextInt(1200);
        Grammar grammar = grammar("{'type':'integer','minimum':" + low + ",'maximum':" + high + "}");
        for (int i = low - 300; i <= high + 300; i++) {
            assertThat(takes(grammar, Integer.toString(i)))
                    .as("%d in %d to %d", i, low, high)
                    .isEqualTo(i >= low && i <= high);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "^[A-Z]{2}\\\\d+$     ; AB1 ZZ00123            ; AB aB1 AB1x",
                "b+                   ; b abc bbb              ; a ~",
                "^a|z$                ; a abc z xyz            ; ba zy",
                "^(?:ab|c)?d{2,3}$    ; dd ddd abdd cddd       ; d dddd abcdd",
                "^[^a-c]$             ; d A \u00e9 \ud83d\ude00 ; a b c dd",
                "^.$                  ; x \u65e5               ; xx",
                "^\\\\w\\\\.\\\\W$        ; a.! _.-                ; a.b -.-",
                "^\\\\u0041\\\\x42$      ; AB                     ; ab",
                "^[\\\\d\\\\-x]*?$      ; 1-x 99                 ; y",
            })
    void of_pattern_takesWhatItIsFoundIn(String pattern, String good, String bad) throws Exception {
        Grammar grammar = grammar("{'type':'string','pattern':'" + pattern + "'}");
        for (String text : good.split(" ", -1)) {
            assertThat(takes(grammar, "\"" + text + "\"")).as(text).isTrue();
        }
        for (String text : bad.split(" ", -1)) {
            assertThat(takes(grammar, "\"" + text + "\"")).as(text).isFalse();
        }
    }

    @Test
    void of_patternOfQuotesAndControls_isWrittenEscaped() throws Exception {
        Grammar grammar = grammar("{'type':'string','pattern':'^[\\\\x00-\\\\x22\\\\\\\\]$'}");
        for (String good : List.of("\\\"", "\\\\", "\\n", "\\u0001", " ", "!")) {
            assertThat(takes(grammar, "\"" + good + "\"")).as(good).isTrue();
        }
        for (String bad : List.of("\"", "\n", "#", "\\/")) {
            assertThat(takes(grammar, "\"" + bad + "\"")).as(bad).isFalse();
        }
    }

    @Test
    void of_hugeSchema_isRefusedAndNotTried() {
        String deep = "{'type':'array','items':".repeat(200) + "{}" + "}".repeat(200);
        assertThatThrownBy(() -> grammar(deep)).isInstanceOf(UnsupportedSchemaException.class);
    }

    @Test
    void allowed_sameState_isTheSameMask() throws Exception {
        Grammar grammar = grammar("{'type':'string'}");
        var guide = new TokenGuide(masks, grammar);
        guide.take('"');
        BitSet first = guide.allowed();
        guide.take('x');
        assertThat(guide.allowed()).isSameAs(first);
        assertThat(first.get(END)).isFalse();
        guide.take('"');
        assertThat(guide.isOver()).isTrue();
        assertThat(guide.allowed().stream().toArray()).containsExactly(END);
    }

    @Test
    void take_tokenThatIsNotAllowed_isAFault() throws Exception {
        var guide = new TokenGuide(masks, grammar("{'type':'boolean'}"));
        assertThatThrownBy(() -> guide.take('x')).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowed_tokensThatCrossValues_areAllowedWhereTheyFit() throws Exception {
        var guide = new TokenGuide(masks, grammar("{'type':'array','items':{'type':'string'},'maxItems':1}"));
        guide.take(257 + LONGER.indexOf("[\""));
        assertThat(guide.allowed().get(257 + LONGER.indexOf("\"]"))).isTrue();
        assertThat(guide.allowed().get(257 + LONGER.indexOf("\",\""))).isFalse();
        assertThat(guide.allowed().get(257 + LONGER.indexOf("\"}"))).isFalse();
    }

    /** Writes by chance, with a liking for what closes. */
    private String write(Grammar grammar, Random random) {
        var guide = new TokenGuide(masks, grammar);
        var out = new ByteArrayOutputStream();
        while (!guide.isOver()) {
            int[] allowed = guide.allowed().stream().toArray();
            int[] closing = IntStream.of(allowed)
                    .filter(id -> id == END || closes(bytes(id)))
                    .toArray();
            int[] from = closing.length > 0 && random.nextInt(3) > 0 ? closing : allowed;
            int token = from[random.nextInt(from.length)];
            if (token == END) {
                break;
            }
            guide.take(token);
            out.writeBytes(bytes(token));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean closes(byte[] token) {
        return token.length > 0 && "\"]}".indexOf(token[0]) >= 0 && token.length < 3;
    }

    private static boolean takes(Grammar grammar, String text) {
        Grammar.State state = grammar.start();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            Grammar.State next = state.after(b);
            if (next == null) {
                return false;
            }
            state = next;
        }
        return state.mayEnd();
    }

    private static Grammar.State after(Grammar.State state, byte b) {
        Grammar.State next = state.after(b);
        if (next == null) {
            throw new AssertionError("not taken: " + b);
        }
        return next;
    }

    private static byte[] bytes(int id) {
        if (id < 256) {
            return new byte[] {(byte) id};
        }
        return id == END ? new byte[0] : LONGER.get(id - 257).getBytes(StandardCharsets.UTF_8);
    }

    private static Grammar grammar(String schema) throws UnsupportedSchemaException {
        return JsonSchemas.of(JsonMapper.shared().readTree(schema.replace('\'', '"')));
    }
}
