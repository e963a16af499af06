// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the kinds of pre-tokenizers cut: merges that would join across a cut show it. */
class PreTokenizerTest {
    private static final List<String> MERGES = List.of(
            "1 2", "12 3", "123 4", "a b", "ab C", "abC d", "Ċ Ċ", "! !", "Ġ Ġ", "ĠĠ Ġ", "Ġ a", "' s", "/ /", ". Ċ",
            "! /");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "gpt-2|1234|1234",
                "olmo|1234|1234",
                "phi-2|1234|1234",
                "smollm|1234|1,2,3,4",
                "refact|1234|1,2,3,4",
                "starcoder|1234|1,2,3,4",
                "command-r|1234|1,2,3,4",
                "llama-bpe|1234|123,4",
                "llama3|1234|123,4",
                "dbrx|1234|123,4",
                "smaug-bpe|1234|123,4",
                "gpt-4o|1234|123,4",
                "qwen2|1234|1,2,3,4",
                "stablelm2|1234|1,2,3,4",
                "tekken|1234|1,2,3,4",
                "gpt-2|abCd|abCd",
                "llama-bpe|abCd|abCd",
                "qwen2|abCd|abCd",
                "tekken|abCd|ab,C,d",
                "gpt-4o|abCd|ab,C,d",
                "gpt-2|a's|a,'s",
                "qwen2|a's|a,'s",
                "gpt-4o|a's|a,'s",
                "gpt-2| ab| ,ab",
                "llama-bpe|    ab|   , ,ab",
                "qwen2|!!|!!",
                "llama-bpe|!//|!,//",
            })
    void encode_kind_cutsWhereItsModelsWereTrained(String pre, String text, String expected) {
        try (var tokenizer = new TextTokenizer(Vocabularies.merged(pre, MERGES))) {
            List<String> pieces = new ArrayList<>();
            for (int id : tokenizer.encode(text)) {
                pieces.add(new String(tokenizer.bytes(id), StandardCharsets.UTF_8));
            }
            assertThat(String.join(",", pieces)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smollm",
                "starcoder",
                "refact",
                "command-r",
                "codeshell",
                "exaone",
                "gpt-2",
                "olmo",
                "mpt",
                "jais",
                "exaone4",
                "phi-2",
                "llama-bpe",
                "llama3",
                "llama-v3",
                "dbrx",
                "smaug-bpe",
                "qwen2",
                "stablelm2",
                "hunyuan",
                "megrez",
                "tekken",
                "gpt-4o"
            })
    void encode_mixedText_givesItsBytesBackTokenByToken(String pre) {
        String text = mixed(new Random(pre.hashCode()), 3_000);
        try (var tokenizer = new TextTokenizer(Vocabularies.merged(pre, MERGES))) {
            assertThat(streamed(tokenizer, text)).isEqualTo(text);
        }
    }

    @Test
    void encode_aMegabyteOfMixedText_givesItsBytesBackTokenByToken() {
        String text = mixed(new Random(1), 600_000);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(1_000_000);
        try (var tokenizer = new TextTokenizer(Vocabularies.merged("llama-bpe", MERGES))) {
            assertThat(streamed(tokenizer, text).equals(text)).isTrue();
        }
    }

    @Test
    void push_everySplitOfMixedText_givesTheWhole() {
        String text = "a é 漢 😀 e\u0301 \u0000 👩‍👩‍👧 \uFFFD end";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int one = 0; one <= bytes.length; one++) {
            for (int two = one; two <= bytes.length; two++) {
                var decoder = new StreamDecoder();
                String found = decoder.push(java.util.Arrays.copyOf(bytes, one))
                        + decoder.push(java.util.Arrays.copyOfRange(bytes, one, two))
                        + decoder.push(java.util.Arrays.copyOfRange(bytes, two, bytes.length))
                        + decoder.finish();
                assertThat(found).isEqualTo(text);
            }
        }
    }

    @Test
    void encode_userDefinedTokens_areWordsWhereNoTemplateSpellsThem() {
        Vocabulary bytes = Vocabularies.bytes(java.util.Optional.of("{{ '<think>' }}"));
        List<String> tokens = new ArrayList<>(bytes.tokens());
        List<Integer> types = new ArrayList<>(bytes.types());
        tokens.addAll(List.of("<think>", "<table>"));
        types.addAll(List.of(4, 4));
        var vocabulary = new Vocabulary(
                bytes.model(),
                bytes.pre(),
                tokens,
                types,
                bytes.merges(),
                bytes.scores(),
                bytes.special(),
                bytes.ends(),
                bytes.chatTemplate());
        int table = tokens.size() - 1;
        try (var tokenizer = new TextTokenizer(vocabulary)) {
            assertThat(tokenizer.encode("<table>")).containsExactly(table);
            assertThat(tokenizer.encode("<think>")).hasSize(7).doesNotContain(table - 1);
            assertThat(new ChatTemplate(tokenizer).render(List.of(new ChatMessage(ChatMessage.Role.USER, "x"))))
                    .containsExactly(table - 1);
            assertThat(new String(tokenizer.bytes(table), StandardCharsets.UTF_8))
                    .isEqualTo("<table>");
        }
    }

    /** The text as a client of a stream gets it. */
    private static String streamed(TextTokenizer tokenizer, String text) {
        var decoder = new StreamDecoder();
        var out = new StringBuilder();
        var all = new ByteArrayOutputStream();
        for (int id : tokenizer.encode(text)) {
            all.writeBytes(tokenizer.bytes(id));
            out.append(decoder.push(tokenizer.bytes(id)));
        }
        out.append(decoder.finish());
        assertThat(out.length()).isEqualTo(all.toString(StandardCharsets.UTF_8).length());
        return out.toString();
    }

    private static String mixed(Random random, int length) {
        var out = new StringBuilder();
        while (out.length() < length) {
            int c = switch (random.nextInt(6)) {
                case 0 -> "abCd 1234 's // \n\n!! the".codePointAt(random.nextInt(24));
                case 1 -> ' ' + random.nextInt(95);
                case 2 -> 0xA0 + random.nextInt(0x600);
                case 3 -> 0x4E00 + random.nextInt(0x2000);
                case 4 -> 0x1F300 + random.nextInt(0x300);
                default -> "\n\t \r\u0000\u3000".codePointAt(random.nextInt(6));
            };
            out.appendCodePoint(c);
        }
        return out.toString();
    }
}
