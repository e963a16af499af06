// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StopMatcherTest {
    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void push_anyTextInAnyPieces_letsOutWhatComesBeforeTheFirstStop(int seed) {
        var random = new Random(seed);
        List<String> stops = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> word(random, 1 + random.nextInt(4)))
                .toList();
        String text = word(random, 20);

        assertThat(through(stops, text, random))
                .as("stops %s in %s", stops, text)
                .isEqualTo(expected(stops, text));
    }

    @Test
    void push_beginningOfAStop_waitsUntilItIsDecided() {
        var matcher = new StopMatcher(List.of("STOP"));

        assertThat(text(matcher.push(bytes("abST")))).isEqualTo("ab");
        assertThat(text(matcher.push(bytes("x")))).isEqualTo("STx");
        assertThat(text(matcher.push(bytes("STOPlater")))).isEmpty();
        assertThat(matcher.stopped()).isTrue();
        assertThat(matcher.finish()).isEmpty();
    }

    @Test
    void finish_undecided_letsTheRestOut() {
        var matcher = new StopMatcher(List.of("STOP"));
        matcher.push(bytes("ST"));

        assertThat(text(matcher.finish())).isEqualTo("ST");
        assertThat(matcher.stopped()).isFalse();
    }

    @Test
    void push_stopOfSeveralBytesPerCharacter_isFound() {
        var matcher = new StopMatcher(List.of("\u65e5"));
        byte[] whole = bytes("a\u65e5b");

        assertThat(text(matcher.push(new byte[] {whole[0], whole[1]}))).isEqualTo("a");
        assertThat(matcher.push(new byte[] {whole[2], whole[3], whole[4]})).isEmpty();
        assertThat(matcher.stopped()).isTrue();
    }

    private static String through(List<String> stops, String text, Random random) {
        var matcher = new StopMatcher(stops);
        var out = new ByteArrayOutputStream();
        byte[] all = bytes(text);
        for (int from = 0; from < all.length && !matcher.stopped(); ) {
            int to = Math.min(all.length, from + 1 + random.nextInt(5));
            out.writeBytes(matcher.push(java.util.Arrays.copyOfRange(all, from, to)));
            from = to;
        }
        out.writeBytes(matcher.finish());
        return text(out.toByteArray());
    }

    /** By the definition: the earliest end of any stop, and of those that end there the longest. */
    private static String expected(List<String> stops, String text) {
        for (int end = 1; end <= text.length(); end++) {
            String before = text.substring(0, end);
            int longest = stops.stream()
                    .filter(before::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return before.substring(0, end - longest);
            }
        }
        return text;
    }

    private static String word(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
