// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.engine.DecoderSettings;
import io.intramuros.inference.engine.ModelConversion;
import io.intramuros.inference.engine.OrtDecoder;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.safetensors.HuggingFaceFolder;
import io.intramuros.inference.safetensors.SafetensorsException;
import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.GgufVocabulary;
import io.intramuros.inference.text.TextTokenizer;
import io.intramuros.inference.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model as Hugging Face's libraries save it gives what the same model gives as a GGUF file of llama.cpp's making. */
class SavedModelTest {
    private static OrtRuntime runtime;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")));
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "phi3", "gemma2", "gemma3", "granite", "olmo2", "smollm3"})
    void toGguf_savedModel_answersLikeTheGguf(String family) throws Exception {
        TinyModel model = TinyModel.of(family);
        Path saved = folder.resolve("saved.gguf");

        HuggingFaceFolder.toGguf(SavedModel.of(model, folder.resolve("hf")), saved, _ -> {});

        float[] expected = logits(Files.write(folder.resolve("plain.gguf"), model.gguf()));
        float[] found = logits(saved);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(2e-4f));
        }
    }

    @Test
    void toGguf_tokenizer_becomesTheSame() throws Exception {
        Path saved = folder.resolve("saved.gguf");
        HuggingFaceFolder.toGguf(SavedModel.of(TinyModel.of("llama"), folder.resolve("hf")), saved, _ -> {});
        try (GgufFile file = GgufFile.open(saved);
                var tokenizer = new TextTokenizer(GgufVocabulary.read(file.metadata()))) {
            Vocabulary vocabulary = tokenizer.vocabulary();

            assertThat(file.metadata().text("general.license")).contains("apache-2.0");
            assertThat(vocabulary.tokens()).hasSize(TinyModel.VOCABULARY);
            assertThat(vocabulary.ends()).containsExactly(1);
            assertThat(vocabulary.begin()).hasValue(0);
            assertThat(tokenizer.encode("abab")).containsExactly(10, 10);
            assertThat(tokenizer.encode("<s>")).doesNotContain(0);
            assertThat(new ChatTemplate(tokenizer).render(List.of(new ChatMessage(ChatMessage.Role.USER, "ab<s>"))))
                    .startsWith(0, 10)
                    .endsWith(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"model_type\": \"llama\"; \"model_type\": \"mamba\"; model_type",
                "\"hidden_act\": \"silu\"; \"hidden_act\": \"relu\"; hidden_act",
                "\"num_hidden_layers\": 4; \"num_hidden_layers\": \"four\"; num_hidden_layers",
                "\"vocab_size\": 96; \"vocab_size\": 3; tokenizer.json: id",
                "\"hidden_act\": \"silu\"; \"num_experts\": 8; num_experts",
                "\"hidden_act\": \"silu\"; \"rope_scaling\": {\"rope_type\": \"yarn\"}; rope_scaling",
            })
    void toGguf_configThatWeDoNotBuild_isRefusedByName(String old, String by, String message) throws Exception {
        Path saved = SavedModel.of(TinyModel.of("llama"), folder.resolve("hf"));
        Path config = saved.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace(old, by));

        assertThatThrownBy(() -> HuggingFaceFolder.toGguf(saved, folder.resolve("out.gguf"), _ -> {}))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(message);
        assertThat(folder.resolve("out.gguf")).doesNotExist();
    }

    @Test
    void toGguf_llama3Scaling_becomesFactors() throws Exception {
        Path saved = SavedModel.of(TinyModel.of("llama"), folder.resolve("hf"));
        Path config = saved.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"hidden_act\"",
                                "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
                                        + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 512},"
                                        + " \"hidden_act\""));
        Path gguf = folder.resolve("scaled.gguf");

        HuggingFaceFolder.toGguf(saved, gguf, _ -> {});

        try (GgufFile file = GgufFile.open(gguf)) {
            float[] factors = new float[8];
            var tensor = file.tensor("rope_freqs.weight").orElseThrow();
            io.intramuros.inference.gguf.Blocks.floats(tensor.type(), file.data(tensor), factors);
            assertThat(factors[0]).isEqualTo(1);
            assertThat(factors[7]).isEqualTo(8);
            assertThat(factors).isSorted();
        }
    }

    @Test
    void is_folder_isKnownByItsContent() throws Exception {
        assertThat(HuggingFaceFolder.is(folder)).isFalse();
        assertThat(HuggingFaceFolder.is(SavedModel.of(TinyModel.of("llama"), folder.resolve("hf"))))
                .isTrue();
    }

    private float[] logits(Path gguf) throws IOException {
        Path converted =
                ModelConversion.convert(gguf, folder.resolve("converted"), new GraphSettings(512, 0, 0), (_, _) -> {});
        try (Decoder decoder = OrtDecoder.load(runtime, converted, new DecoderSettings(1, 1, 512, 8));
                Decoder.Sequence sequence = decoder.open()) {
            return sequence.append(new int[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5}).clone();
        }
    }
}
