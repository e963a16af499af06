// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.engine.DecoderSettings;
import io.intramuros.inference.engine.ModelConversion;
import io.intramuros.inference.engine.OrtDecoder;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family, with random weights, against a forward pass in 64-bit floats over the same weights. */
class FamilyLogitsTest {
    private static final double CLOSE = 1e-5;
    private static final GgmlType[] SMALL_BLOCKS = {
        GgmlType.Q4_1, GgmlType.Q8_0, GgmlType.Q5_1, GgmlType.Q4_0, GgmlType.Q5_0, GgmlType.F16, GgmlType.BF16
    };
    private static final GgmlType[] LARGE_BLOCKS = {
        GgmlType.Q6_K, GgmlType.Q4_K, GgmlType.Q5_K, GgmlType.Q8_0, GgmlType.F32
    };

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
    void append_family_givesTheReferenceLogits(String family) throws Exception {
        assertThat(worstError(TinyModel.of(family))).isLessThan(CLOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "phi3", "gemma2", "gemma3", "granite", "olmo2", "smollm3"})
    void append_familyInBlocksOf32_givesTheReferenceLogits(String family) throws Exception {
        var mixed = new TinyModel(family, 64, i -> SMALL_BLOCKS[i % SMALL_BLOCKS.length], 7);

        assertThat(worstError(mixed)).isLessThan(CLOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen3", "phi3", "gemma2", "gemma3", "olmo2"})
    void append_familyInBlocksOf256_givesTheReferenceLogits(String family) throws Exception {
        var mixed = new TinyModel(family, 256, i -> LARGE_BLOCKS[i % LARGE_BLOCKS.length], 8);

        assertThat(worstError(mixed)).isLessThan(CLOSE);
    }

    @Test
    void append_phiBeyondItsFirstContext_takesTheLongFactors() throws Exception {
        TinyModel phi = TinyModel.of("phi3")
                .with("rope_factors_long.weight", 1, 2, 3, 4, 5, 6, 7, 8)
                .with("rope_factors_short.weight", 9, 9, 9, 9, 9, 9, 9, 9);
        phi.file().text("phi3.rope.scaling.type", "longrope").number("phi3.rope.scaling.original_context_length", 128);

        assertThat(worstError(phi)).isLessThan(CLOSE);
    }

    @Test
    void append_phiThatRotatesAPart_leavesTheRest() throws Exception {
        TinyModel phi = new TinyModel("phi3", 128, _ -> GgmlType.F32, 9).rotating(16);

        assertThat(worstError(phi)).isLessThan(CLOSE);
    }

    @Test
    void convert_anotherFamilyThatRotatesAPart_isRefusedByName() {
        TinyModel qwen = TinyModel.of("qwen2").rotating(8);

        assertThatThrownBy(() -> converted(qwen))
                .isInstanceOf(GgufException.class)
                .hasMessageStartingWith("qwen2.rope.dimension_count: 8");
    }

    @Test
    void append_llamaWithBiases_addsThem() throws Exception {
        TinyModel llama = TinyModel.of("llama");
        double[] bias = new double[64];
        Arrays.setAll(bias, i -> (float) (0.01 * i));
        llama.with("blk.1.attn_q.bias", bias);

        assertThat(worstError(llama)).isLessThan(CLOSE);
    }

    @ParameterizedTest
    @CsvSource({
        "llama, llama.logit_scale",
        "llama, llama.attn_logit_softcapping",
        "llama, llama.rope.scaling.yarn_log_multiplier",
        "qwen2, qwen2.attention.sliding_window",
        "qwen3, qwen3.expert_count",
        "olmo2, olmo2.attention.clamp_kqv",
        "granite, granite.expert_used_count",
        "gemma2, gemma2.rope.scaling.factor",
        "phi3, phi3.embedding_scale",
        "smollm3, smollm3.attention.temperature_scale",
    })
    void convert_settingThatTheFamilyDoesNotHave_isRefusedByName(String family, String key) {
        TinyModel model = TinyModel.of(family);
        model.file().number(key, 3);
        if (key.equals("llama.rope.scaling.yarn_log_multiplier")) {
            model.file().text("llama.rope.scaling.type", "yarn");
        }

        assertThatThrownBy(() -> converted(model))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(key.contains("yarn") ? "llama.rope.scaling.type: yarn" : key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-oss", "mixtral", "llama4", "qwen3moe", "deepseek2", "bert", "gemma", ""})
    void convert_anotherArchitecture_isRefusedByName(String family) {
        TinyModel model = TinyModel.of(family);

        assertThatThrownBy(() -> converted(model))
                .isInstanceOf(GgufException.class)
                .hasMessage("architecture: " + family + " (expected: llama, qwen2, qwen3, phi3, gemma2, gemma3, "
                        + "granite, olmo2 or smollm3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "phi3", "gemma2", "gemma3", "granite", "olmo2", "smollm3"})
    void convert_tensorThatTheFamilyDoesNotHave_isRefusedByName(String family) {
        TinyModel model = TinyModel.of(family).with("blk.0.attn_sinks", 1, 2, 3, 4);

        assertThatThrownBy(() -> converted(model))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("blk.0.attn_sinks");
    }

    @ParameterizedTest
    @CsvSource({
        "10, Q2_K, 84",
        "11, Q3_K, 110",
        "16, IQ2_XXS, 66",
        "20, IQ4_NL, 144",
        "23, IQ4_XS, 136",
        "39, MXFP4, 136"
    })
    void convert_typeWithoutMapping_isRefusedByName(int code, String name, int bytes) {
        TinyModel model = new TinyModel("llama", 256, _ -> GgmlType.Q8_0, 1);
        model.file().tensor("blk.3.attn_q.bias", code, new byte[bytes], 256);

        assertThatThrownBy(() -> converted(model))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("type " + name);
    }

    private Path converted(TinyModel model) throws IOException {
        Path gguf = Files.write(folder.resolve("model.gguf"), model.gguf());
        return ModelConversion.convert(gguf, folder.resolve("converted"), new GraphSettings(512, 0, 0), (_, _) -> {});
    }

    /** A prompt of several chunks, then single tokens, longer than every window. */
    private double worstError(TinyModel model) throws IOException {
        var reference = new ReferenceDecoder(model);
        double worst = 0;
        try (Decoder decoder = OrtDecoder.load(runtime, converted(model), new DecoderSettings(1, 1, 512, 5));
                Decoder.Sequence sequence = decoder.open()) {
            int[] tokens = new int[24];
            Arrays.setAll(tokens, i -> (i * 37 + i / 7) % TinyModel.VOCABULARY);
            for (int i = 0; i < tokens.length; i++) {
                double[] expected = reference.append(tokens[i]);
                if (i == 15) {
                    worst = Math.max(worst, error(sequence.append(Arrays.copyOf(tokens, 16)), expected));
                } else if (i > 15) {
                    worst = Math.max(worst, error(sequence.append(new int[] {tokens[i]}), expected));
                }
            }
        }
        return worst;
    }

    /** The root of the mean square of the differences, against that of the values. */
    private static double error(float[] found, double[] expected) {
        double differences = 0;
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            differences += (found[i] - expected[i]) * (found[i] - expected[i]);
            squares += expected[i] * expected[i];
        }
        return Math.sqrt(differences / squares);
    }
}
