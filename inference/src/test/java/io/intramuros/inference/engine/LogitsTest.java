// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.graph.GraphSettings;
import io.intramuros.inference.ort.OrtRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every block type, against a forward pass in 64-bit floats over the same weights. */
class LogitsTest {
    private static final GgmlType[] TYPES = {
        GgmlType.F32,
        GgmlType.F16,
        GgmlType.BF16,
        GgmlType.Q4_0,
        GgmlType.Q4_1,
        GgmlType.Q5_0,
        GgmlType.Q5_1,
        GgmlType.Q8_0,
        GgmlType.Q4_K,
        GgmlType.Q5_K,
        GgmlType.Q6_K
    };

    private static OrtRuntime runtime;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        runtime = Engines.runtime();
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void append_headTiedToTheEmbedding_givesTheReferenceLogits(GgmlType type) throws Exception {
        assertThat(worstError(TinyLlama.of(type, true, type.code()), 0)).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "Q4_1", "Q8_0", "Q6_K"})
    void append_ownHead_givesTheReferenceLogits(GgmlType type) throws Exception {
        assertThat(worstError(TinyLlama.of(type, false, type.code()), 0)).isLessThan(1e-4);
    }

    @Test
    void append_everyTypeInOneModel_givesTheReferenceLogits() throws Exception {
        TinyLlama mixed = new TinyLlama(i -> TYPES[i % TYPES.length], false, 5, 4096);
        assertThat(worstError(mixed, 0)).isLessThan(1e-4);
    }

    @Test
    void append_rotationWithFactorsAndScale_givesTheReferenceLogits() throws Exception {
        TinyLlama stretched =
                TinyLlama.of(GgmlType.F32, true, 6).withRopeFactors().withRopeScale(2);
        assertThat(worstError(stretched, 0)).isLessThan(1e-4);
    }

    @Test
    void append_activationsOfEightBits_staysNearTheReference() throws Exception {
        assertThat(worstError(TinyLlama.of(GgmlType.Q8_0, true, 3), 4)).isBetween(1e-5, 0.1);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_1", "Q5_1", "Q8_0", "Q6_K"})
    void append_promptOfASmallModel_isAsGoodAsInFloats(GgmlType type) throws Exception {
        TinyLlama model = TinyLlama.of(type, true, type.code());
        int[] tokens = Engines.tokens(24);
        ReferenceLlama reference = new ReferenceLlama(model);
        double[] expected = new double[0];
        for (int token : tokens) {
            expected = reference.append(token);
        }
        double fine = promptError(model, tokens, expected, 1L << 40);
        double rounded = promptError(model, tokens, expected, 0);

        assertThat(fine).isLessThan(2e-3);
        assertThat(rounded).isGreaterThan(5 * fine);
    }

    private double promptError(TinyLlama model, int[] tokens, double[] expected, long fineBelow) throws Exception {
        Path gguf = Files.write(folder.resolve("fine.gguf"), model.gguf());
        Path converted = ModelConversion.convert(
                gguf, folder.resolve("fine"), new GraphSettings(4096, 4, fineBelow), (bytes, of) -> {});
        try (Decoder decoder = OrtDecoder.load(runtime, converted, new DecoderSettings(1, 1, 4096, 64));
                Decoder.Sequence sequence = decoder.open()) {
            return Engines.relativeError(sequence.append(tokens), expected);
        }
    }

    /** A prompt of several chunks, then single tokens. */
    private double worstError(TinyLlama model, int accuracyLevel) throws Exception {
        int[] tokens = Engines.tokens(20);
        ReferenceLlama reference = new ReferenceLlama(model);
        double worst = 0;
        try (Decoder decoder = OrtDecoder.load(
                        runtime, Engines.convert(model, folder, accuracyLevel), new DecoderSettings(1, 1, 4096, 5));
                Decoder.Sequence sequence = decoder.open()) {
            double[] expected = new double[0];
            for (int i = 0; i < tokens.length; i++) {
                expected = reference.append(tokens[i]);
                if (i == 12) {
                    float[] prompt = sequence.append(Arrays.copyOf(tokens, 13));
                    worst = Math.max(worst, Engines.relativeError(prompt, expected));
                } else if (i > 12) {
                    float[] step = sequence.append(new int[] {tokens[i]});
                    worst = Math.max(worst, Engines.relativeError(step, expected));
                }
            }
        }
        return worst;
    }
}
