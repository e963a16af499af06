// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    /** The names of RFC 8785, 3.2.3, in its order, which is that of UTF-16 units. */
    @Test
    void write_namesOfTheRfc_areInItsOrder() {
        List<String> ordered = List.of("\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33");
        Map<String, Object> shuffled = new LinkedHashMap<>();
        for (int i = ordered.size() - 1; i >= 0; i--) shuffled.put(ordered.get(i), i);

        assertThat(CanonicalJson.write(shuffled))
                .isEqualTo(
                        "{\"\\r\":0,\"1\":1,\"\u0080\":2,\"\u00f6\":3,\"\u20ac\":4,\"\ud83d\ude00\":5,\"\ufb33\":6}");
    }

    /** RFC 8785, 3.2.2.2. */
    @ParameterizedTest
    @CsvSource({
        "8,\\b",
        "9,\\t",
        "10,\\n",
        "12,\\f",
        "13,\\r",
        "34,\\\"",
        "92,\\\\",
        "15,\\u000f",
        "0,\\u0000",
        "31,\\u001f"
    })
    void write_charactersThatNeedIt_areEscapedTheOneWay(int character, String escaped) {
        String json = CanonicalJson.write(Map.of("a", String.valueOf((char) character)));

        assertThat(json).isEqualTo("{\"a\":\"" + escaped + "\"}");
        assertThat(JsonReader.read(json)).containsEntry("a", String.valueOf((char) character));
    }

    @Test
    void write_charactersThatDoNot_areLeftAlone() {
        assertThat(CanonicalJson.write(Map.of("a", "/\u007f\u20ac\u2028")))
                .isEqualTo("{\"a\":\"/\u007f\u20ac\u2028\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "x\ud83dx", "\ude00\ud83d"})
    void write_halfOfAPair_becomesTheReplacement(String text) {
        assertThat(CanonicalJson.write(Map.of("a", text))).contains("\ufffd").doesNotContain("\ud83d", "\ude00");
    }

    @Test
    void read_anythingWritten_isTheSame() {
        Random chance = new Random(42);
        for (int i = 0; i < 500; i++) {
            Map<String, Object> object = object(chance, 0);
            String json = CanonicalJson.write(object);

            assertThat(JsonReader.read(json)).isEqualTo(object);
            assertThat(CanonicalJson.write(JsonReader.read(json))).isEqualTo(json);
        }
    }

    private static Map<String, Object> object(Random chance, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = chance.nextInt(5); i > 0; i--) object.put(text(chance), value(chance, depth));
        return object;
    }

    private static Object value(Random chance, int depth) {
        return switch (chance.nextInt(depth < 4 ? 5 : 3)) {
            case 0 -> text(chance);
            case 1 -> chance.nextLong();
            case 2 -> chance.nextBoolean();
            case 3 -> List.of(value(chance, depth + 1), value(chance, depth + 1));
            default -> object(chance, depth + 1);
        };
    }

    private static String text(Random chance) {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(8); i > 0; i--) text.appendCodePoint(chance.nextInt(0xd800));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}x",
                "{\"a\":1.5}",
                "{\"a\":null}",
                "{a:1}",
                "{\"a\":\"x}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\uzzzz\"}",
                "{\"a\":tru}",
                "{\"a\":[1 2]}"
            })
    void read_notWhatIsWritten_isRefused(String json) {
        assertThatThrownBy(() -> JsonReader.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("record: at character ");
    }

    @Test
    void read_tooDeep_isRefused() {
        assertThatThrownBy(() -> JsonReader.read("{\"a\":".repeat(12) + "1" + "}".repeat(12)))
                .hasMessageContaining("less depth");
        assertThatThrownBy(() -> JsonReader.read("{\"a\":" + "[".repeat(12) + "]".repeat(12) + "}"))
                .hasMessageContaining("less depth");
    }

    @Test
    void write_otherValues_areRefused() {
        assertThatThrownBy(() -> CanonicalJson.write(Map.of("a", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: a Double (expected: text, whole number, truth, list or map)");
    }
}
