// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
    private final Problems problems = new Problems();

    enum Colour {
        RED,
        DARK_BLUE
    }

    @TextValue
    record Word(String value) {
        Word {
            if (value.length() > 5) throw new IllegalArgumentException("too long (expected: at most 5)");
        }
    }

    record Inner(@Key("x") int x, Place at) {}

    record Optionals(
            @Key(value = "n", fallback = "7", min = 1, max = 10)
            int n,

            @Key("s") @Nullable String s,
            @Key("l") List<String> l,
            @Key("e") Set<Colour> e,
            @Key("m") Map<String, Integer> m,

            @Key(value = "d", fallback = "2026-01-01T00:00:00Z")
            Instant d) {}

    record Everything(
            Place at,
            @Key("text") String text,
            @Key("long") long many,
            @Key("decimal") BigDecimal price,
            @Key(name = "default", value = "truth") boolean otherwise,
            @Key("colour") Colour colour,
            @Key("uri") URI uri,
            @Key("instant") Instant instant,
            @Key("word") Word word,
            @Key("inner") Inner inner,
            @Key("list") List<Inner> list,
            @Key("optionals") Optionals optionals,
            @Given String name) {}

    record Rest(
            @Key(name = "default", value = "rest", fallback = "red")
            Colour fallback,

            @OtherKeys Map<Colour, Colour> others) {}

    record Checked(@Key("low") int low, @Key("high") int high) {
        Checked {
            if (low > high) throw new IllegalArgumentException("high: " + high + " (expected: at least low)");
        }
    }

    private static final String EVERYTHING = """
            text: hello
            many: 9000000000
            price: 0.20
            default: true
            colour: dark-blue
            uri: http://a:1
            instant: 2026-01-02T03:04:05Z
            word: abc
            inner: { x: 1 }
            list: [ { x: 2 }, { x: 3 } ]
            """;

    @Test
    void read_everyType_isFilled() {
        Everything all =
                read(EVERYTHING, Everything.class, Map.of("name", "n1")).orElseThrow();

        assertThat(all)
                .isEqualTo(new Everything(
                        new Place("f.yaml", 1, 1),
                        "hello",
                        9_000_000_000L,
                        new BigDecimal("0.20"),
                        true,
                        Colour.DARK_BLUE,
                        URI.create("http://a:1"),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        new Word("abc"),
                        new Inner(1, new Place("f.yaml", 9, 8)),
                        List.of(new Inner(2, new Place("f.yaml", 10, 9)), new Inner(3, new Place("f.yaml", 10, 19))),
                        new Optionals(7, null, List.of(), Set.of(), Map.of(), Instant.parse("2026-01-01T00:00:00Z")),
                        "n1"));
    }

    @Test
    void read_unknownKey_suggestsTheNearest() {
        read("n: 3\nsss: x\nttt: y\nduraton: z\n", Optionals.class);
        read("lwo: 1\nlow: 1\nhigh: 2\n", Checked.class);

        assertThat(faults())
                .containsExactly(
                        "f.yaml:2:1: sss: unknown key (expected: n, s, l, e, m, d)",
                        "f.yaml:3:1: ttt: unknown key (expected: n, s, l, e, m, d)",
                        "f.yaml:4:1: duraton: unknown key (expected: n, s, l, e, m, d)",
                        "f.yaml:1:1: lwo: unknown key (did you mean \"low\"?)");
    }

    @Test
    void read_severalFaults_areAllReported() {
        read("low: x\nhigh: [1]\nmore: 1\n", Checked.class);

        assertThat(faults())
                .containsExactly(
                        "f.yaml:1:6: low: x (expected: a whole number from -2147483648 to 2147483647)",
                        "f.yaml:2:7: high: a list (expected: a single value)",
                        "f.yaml:3:1: more: unknown key (expected: low, high)");
    }

    @Test
    void read_missingKey_isReportedAtTheMap() {
        read("low: 1\n", Checked.class);

        assertThat(faults()).containsExactly("f.yaml:1:1: high: missing");
    }

    @Test
    void read_constructorRefuses_isReportedAtTheKeyThatItNames() {
        read("low: 5\nhigh: 2\n", Checked.class);

        assertThat(faults()).containsExactly("f.yaml:2:7: high: 2 (expected: at least low)");
    }

    @Test
    void read_otherKeys_takeEnumsAndRefuseStrangers() {
        Optional<Rest> good = read("default: red\nDARK_BLUE: red\n", Rest.class);
        read("DARK_BLU: red\nRED: blue\n", Rest.class);

        assertThat(good).contains(new Rest(Colour.RED, Map.of(Colour.DARK_BLUE, Colour.RED)));
        assertThat(faults())
                .containsExactly(
                        "f.yaml:1:1: key: \"DARK_BLU\" (did you mean \"DARK_BLUE\"?)",
                        "f.yaml:2:6: RED: blue (expected: red, dark-blue)");
    }

    @ParameterizedTest
    @CsvSource({
        "n: 0, n: 0 (expected: a whole number from 1 to 10)",
        "n: 11, n: 11 (expected: a whole number from 1 to 10)",
        "n: 99999999999999999999, n: 99999999999999999999 (expected: a whole number from 1 to 10)",
        "'n: \"3\"', 'n: \"3\" (expected: a whole number from 1 to 10)'",
        "n: 1.5, n: 1.5 (expected: a whole number from 1 to 10)",
        "'n:', n: nothing (expected: a whole number from 1 to 10)",
        "s: 3, s: 3 (expected: text; put it in quotes)",
        "s: true, s: true (expected: text; put it in quotes)",
        "s: ~, s: nothing (expected: text)",
        "s: {}, s: a map (expected: a single value)",
        "l: x, l: text (expected: a list)",
        "m: x, m: text (expected: a map)",
        "'l: [a, a]', l: an entry stands twice",
        "'e: [blu]', 'e: blu (expected: red, dark-blue)'",
        "'m: { a: x }', a: x (expected: a whole number from -2147483648 to 2147483647)",
        "d: soon, 'd: \"soon\" (expected: as 2026-01-31T23:59:59Z)'",
    })
    void read_wrongValue_saysWhatIsExpected(String yaml, String message) {
        assertThat(read(yaml, Optionals.class)).isEmpty();

        assertThat(problems.list()).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void read_notAMap_listsTheKeys() {
        read("- 1\n", Checked.class);

        assertThat(faults()).containsExactly("f.yaml:1:1: a list (expected: a map with low, high)");
    }

    @Test
    void throwIfAny_problems_carriesThemAll() {
        read("low: 5\nhigh: 2\n", Checked.class);
        problems.add(new Place("g.yaml", 3, 4), "second");

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        thrown -> assertThat(thrown.problems())
                                .extracting(Problem::file)
                                .containsExactly("f.yaml", "g.yaml"))
                .hasMessage("f.yaml:2:7: high: 2 (expected: at least low)\ng.yaml:3:4: second");
    }

    private <R extends Record> Optional<R> read(String yaml, Class<R> type) {
        return read(yaml, type, Map.of());
    }

    private <R extends Record> Optional<R> read(String yaml, Class<R> type, Map<String, Object> given) {
        return new RecordReader(problems).read(node(yaml), type, given);
    }

    private YamlNode node(String yaml) {
        return new YamlText("f.yaml", yaml).documents(problems).getFirst();
    }

    private List<String> faults() {
        return problems.list().stream().map(Problem::toString).toList();
    }
}
