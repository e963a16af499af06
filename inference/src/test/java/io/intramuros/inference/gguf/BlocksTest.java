// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlocksTest {
    private static final int WEIGHTS = 1024;

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void codesAndScales_randomBlocks_giveTheWeightsOfGgml(GgmlType type) {
        byte[] tensor = RandomBlocks.of(type, WEIGHTS, 1, new Random(type.code()));
        byte[] codes = new byte[WEIGHTS];
        int group = Blocks.group(type);
        float[] scales = new float[WEIGHTS / group];
        float[] offsets = new float[WEIGHTS / group];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocks = arena.allocate(tensor.length).copyFrom(MemorySegment.ofArray(tensor));
            Blocks.codes(type, blocks, codes);
            Blocks.scales(type, blocks, scales, offsets);
        }
        int zero = Blocks.bits(type) == 4 ? 8 : 128;
        for (int i = 0; i < WEIGHTS; i++) {
            double weight = (double) scales[i / group] * ((codes[i] & 0xff) - zero) + offsets[i / group];
            assertThat(weight).as("weight %d", i).isCloseTo(RandomBlocks.weight(type, tensor, i), within(2e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void floats_randomWeights_widensThemExactly(GgmlType type) {
        byte[] tensor = RandomBlocks.of(type, WEIGHTS, 1, new Random(type.code()));
        float[] weights = new float[WEIGHTS];
        Blocks.floats(type, MemorySegment.ofArray(tensor), weights);
        for (int i = 0; i < WEIGHTS; i++) {
            assertThat(weights[i]).isEqualTo((float) RandomBlocks.weight(type, tensor, i));
        }
    }
}
