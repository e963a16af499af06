// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamDecoderTest {
    private static final byte[] TEXT = "a\u00e9\u65e5\ud83d\ude00z".getBytes(StandardCharsets.UTF_8);

    static Stream<int[]> cuts() {
        return IntStream.rangeClosed(0, TEXT.length)
                .boxed()
                .flatMap(a -> IntStream.rangeClosed(a, TEXT.length).mapToObj(b -> new int[] {a, b}));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void push_cutAnywhere_givesWholeCharactersOnly(int[] cut) {
        var decoder = new StreamDecoder();
        String first = decoder.push(Arrays.copyOfRange(TEXT, 0, cut[0]));
        String second = decoder.push(Arrays.copyOfRange(TEXT, cut[0], cut[1]));
        String third = decoder.push(Arrays.copyOfRange(TEXT, cut[1], TEXT.length));

        assertThat(first + second + third + decoder.finish()).isEqualTo("a\u00e9\u65e5\ud83d\ude00z");
        assertThat(first).doesNotContain("\ufffd");
        assertThat(second.chars()
                        .filter(c -> Character.isHighSurrogate((char) c))
                        .count())
                .isEqualTo(second.chars()
                        .filter(c -> Character.isLowSurrogate((char) c))
                        .count());
    }

    @Test
    void push_bytesThatAreNoText_becomeReplacementCharacters() {
        var decoder = new StreamDecoder();

        assertThat(decoder.push(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3, 'c'}))
                .isEqualTo("a\ufffdb\ufffdc");
    }

    @Test
    void finish_insideACharacter_saysSoOnce() {
        var decoder = new StreamDecoder();

        assertThat(decoder.push(new byte[] {(byte) 0xF0, (byte) 0x9F})).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\ufffd");
        assertThat(decoder.finish()).isEmpty();
    }
}
