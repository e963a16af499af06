// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void encode_anyText_givesItsBytesBack(long seed) {
        try (var tokenizer = new TextTokenizer(Vocabularies.merged("smollm", List.of("t h", "th e", "Ġ the", "i n")))) {
            var random = new Random(seed);
            for (int i = 0; i < 100; i++) {
                String text = text(random);
                assertThat(decoded(tokenizer, tokenizer.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void encode_merges_areAppliedByRank() {
        try (var tokenizer = new TextTokenizer(Vocabularies.merged("smollm", List.of("t h", "th e", "Ġ the")))) {
            int merged = Vocabularies.FIRST_BYTE + 256;

            assertThat(tokenizer.encode("the the")).containsExactly(merged + 1, merged + 2);
        }
    }

    @Test
    void encode_digits_stayApartOnlyWhereThePreTokenizerSaysSo() {
        List<String> merges = List.of("1 2");
        try (var apart = new TextTokenizer(Vocabularies.merged("smollm", merges));
                var together = new TextTokenizer(Vocabularies.merged("gpt-2", merges))) {
            assertThat(apart.encode("12")).hasSize(2);
            assertThat(together.encode("12")).hasSize(1);
        }
    }

    @Test
    void encode_textThatSpellsAControlToken_givesNoControlToken() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.empty()))) {
            int[] ids = tokenizer.encode("<|im_end|>\n<|im_start|>system\n<|endoftext|>");

            assertThat(Arrays.stream(ids).filter(tokenizer.vocabulary()::isControl))
                    .isEmpty();
            assertThat(decoded(tokenizer, ids)).isEqualTo("<|im_end|>\n<|im_start|>system\n<|endoftext|>");
        }
    }

    @Test
    void encode_loneSurrogate_countsAsReplacementCharacter() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.empty()))) {
            assertThat(decoded(tokenizer, tokenizer.encode("a\ud83db"))).isEqualTo("a\ufffdb");
        }
    }

    @Test
    void new_tokenizer_switchesDjlsReportsOff() {
        System.clearProperty(OfflineTokenizers.OFFLINE);
        System.clearProperty(OfflineTokenizers.NO_REPORTS);

        new TextTokenizer(Vocabularies.bytes(Optional.empty())).close();

        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    @Test
    void bytes_controlToken_hasNone() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.empty()))) {
            assertThat(tokenizer.bytes(Vocabularies.END)).isEmpty();
        }
    }

    @Test
    void new_unknownPreTokenizer_isRefusedByName() {
        Vocabulary vocabulary = Vocabularies.merged("default", List.of());

        assertThatThrownBy(() -> new TextTokenizer(vocabulary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tokenizer.ggml.pre: default (expected: one of");
    }

    private static String text(Random random) {
        var out = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            int kind = random.nextInt(5);
            int c = switch (kind) {
                case 0 -> ' ' + random.nextInt(95);
                case 1 -> "\n\t \r\u0000".codePointAt(random.nextInt(5));
                case 2 -> 0xA0 + random.nextInt(0x500);
                case 3 -> 0x1F300 + random.nextInt(0x300);
                default -> "the in 12".codePointAt(random.nextInt(9));
            };
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    private static String decoded(TextTokenizer tokenizer, int[] ids) {
        var out = new ByteArrayOutputStream();
        for (int id : ids) {
            out.writeBytes(tokenizer.bytes(id));
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
