// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against what SentencePiece itself makes of texts ({@code pieces.py} beside {@code pieces.json} asked it). */
class SentencePieceEncoderTest {
    private static final JsonNode MODELS = models();

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void encode_texts_givesSentencePiecesIds(int which) {
        JsonNode model = MODELS.get(which);
        try (var tokenizer = new TextTokenizer(vocabulary(model, Optional.empty()))) {
            for (JsonNode golden : model.get("cases")) {
                List<Integer> expected = new ArrayList<>();
                golden.get("ids").forEach(id -> expected.add(id.asInt()));

                assertThat(tokenizer.encode(golden.get("text").asString()))
                        .as(golden.get("text").asString())
                        .containsExactly(
                                expected.stream().mapToInt(Integer::intValue).toArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void encode_anyText_givesItsBytesBack(long seed) {
        JsonNode model = MODELS.get(1);
        var random = new Random(seed);
        try (var tokenizer = new TextTokenizer(vocabulary(model, Optional.empty()))) {
            for (int i = 0; i < 200; i++) {
                String text = text(random);
                var bytes = new ByteArrayOutputStream();
                for (int id : tokenizer.encode(text)) {
                    bytes.writeBytes(tokenizer.bytes(id));
                }
                assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
            }
        }
    }

    @Test
    void encode_textThatSpellsMarks_givesNone() {
        JsonNode model = MODELS.get(0);
        Vocabulary vocabulary = vocabulary(model, Optional.of("{{ bos_token }}<sep>{{ messages }}"));
        try (var tokenizer = new TextTokenizer(vocabulary)) {
            int[] ids = tokenizer.encode("<s></s><unk><sep><0x41>");

            assertThat(ids).doesNotContain(0, 1, 2, 3);
            for (int id : ids) {
                assertThat(vocabulary.isMark(id)).isFalse();
            }
        }
    }

    @Test
    void render_template_writesItsMarksAndNotTheMessages() {
        JsonNode model = MODELS.get(0);
        String template = "{{ bos_token }}{% for m in messages %}<sep>{{ m.content }}{{ eos_token }}{% endfor %}";
        try (var tokenizer = new TextTokenizer(vocabulary(model, Optional.of(template)))) {
            var message = new ChatMessage(ChatMessage.Role.USER, "a<sep></s>");
            int[] ids = new ChatTemplate(tokenizer).render(List.of(message));

            assertThat(ids).startsWith(1, 3).endsWith(2);
            assertThat(java.util.Arrays.stream(ids).filter(id -> id < 4)).containsExactly(1, 3, 2);
        }
    }

    @Test
    void render_phi3Marks_takeTheWhiteSpaceBehindThemAlong() {
        Vocabulary plain = vocabulary(MODELS.get(1), Optional.of("<|assistant|>\n {{ messages[0].content }}<|end|>\n"));
        List<String> tokens = new ArrayList<>(plain.tokens());
        List<Integer> types = new ArrayList<>(plain.types());
        List<Float> scores = new ArrayList<>(plain.scores());
        for (String mark : List.of("<|assistant|>", "<|end|>")) {
            tokens.add(mark);
            types.add(3);
            scores.add(0f);
        }
        int assistant = tokens.size() - 2;
        var special = new Vocabulary.Special(OptionalInt.empty(), OptionalInt.empty(), false, false);
        var phi = new Vocabulary(
                "llama", "default", tokens, types, List.of(), scores, special, Set.of(2), plain.chatTemplate());
        try (var tokenizer = new TextTokenizer(phi)) {
            int[] ids = new ChatTemplate(tokenizer).render(List.of(new ChatMessage(ChatMessage.Role.USER, "the")));

            assertThat(ids).startsWith(assistant).endsWith(assistant + 1);
            assertThat(java.util.Arrays.copyOfRange(ids, 1, ids.length - 1)).containsExactly(tokenizer.encode("the"));
        }
    }

    @Test
    void encode_longText_takesNoSquareOfItsLength() {
        JsonNode model = MODELS.get(0);
        try (var tokenizer = new TextTokenizer(vocabulary(model, Optional.empty()))) {
            long began = System.nanoTime();

            int[] ids = tokenizer.encode("the quick brown fox ".repeat(20_000));

            assertThat(ids).hasSizeGreaterThan(80_000);
            assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
        }
    }

    @Test
    void new_scoresMissing_areRefused() {
        JsonNode model = MODELS.get(0);
        Vocabulary sound = vocabulary(model, Optional.empty());

        assertThatThrownBy(() -> new Vocabulary(
                        "llama",
                        "default",
                        sound.tokens(),
                        sound.types(),
                        List.of(),
                        List.of(),
                        sound.special(),
                        sound.ends(),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokenizer.ggml.scores: 0 entries (expected: "
                        + sound.tokens().size() + ")");
    }

    @Test
    void value_byteTokenOfAnotherForm_isRefused() {
        assertThat(SentencePieces.value("<0x0A>")).isEqualTo(10);
        assertThatThrownBy(() -> SentencePieces.value("<0xGG>")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Vocabulary vocabulary(JsonNode model, Optional<String> template) {
        List<String> tokens = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        model.get("tokens").forEach(token -> tokens.add(token.asString()));
        model.get("types").forEach(type -> types.add(type.asInt()));
        model.get("scores").forEach(score -> scores.add((float) score.asDouble()));
        var special = new Vocabulary.Special(
                OptionalInt.of(1), OptionalInt.of(2), true, model.get("prefix").asBoolean());
        return new Vocabulary("llama", "default", tokens, types, List.of(), scores, special, Set.of(2), template);
    }

    private static String text(Random random) {
        var out = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            int c = switch (random.nextInt(4)) {
                case 0 -> "the and data ".codePointAt(random.nextInt(13));
                case 1 -> ' ' + random.nextInt(95);
                case 2 -> 0xA0 + random.nextInt(0x2000);
                default -> 0x1F300 + random.nextInt(0x300);
            };
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    private static JsonNode models() {
        try (InputStream in = SentencePieceEncoderTest.class.getResourceAsStream("pieces.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
