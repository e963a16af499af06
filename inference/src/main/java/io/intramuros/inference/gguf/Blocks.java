// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What the blocks of the quantised types say. A weight is {@code scale · (code - zero) + offset}: codes are unsigned,
 * {@code zero} is 8 for 4-bit and 128 for 8-bit codes, and offsets are there only for affine types.
 *
 * <p>Source of the layouts: ggml-common.h and ggml-quants.c of ggml. All bounds are those of the segments; a type that is
 * not quantised, or not supported, is refused by {@link #supports}.
 */
public final class Blocks {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SUPER = 256;

    private Blocks() {}

    /** Whether the type is quantised and known here. */
    public static boolean supports(GgmlType type) {
        return switch (type) {
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K -> true;
            default -> false;
        };
    }

    /** Bits of a code, 4 or 8. */
    public static int bits(GgmlType type) {
        return switch (type) {
            case Q4_0, Q4_1, Q4_K -> 4;
            case Q5_0, Q5_1, Q8_0, Q5_K, Q6_K -> 8;
            default -> throw unsupported(type);
        };
    }

    /** Weights that share a scale: 32, or 16 for Q6_K. */
    public static int group(GgmlType type) {
        return type == GgmlType.Q6_K ? 16 : 32;
    }

    /** Whether the groups have offsets. */
    public static boolean affine(GgmlType type) {
        return switch (type) {
            case Q4_1, Q5_1, Q4_K, Q5_K -> true;
            default -> false;
        };
    }

    /**
     * Reads the codes of whole blocks.
     *
     * @param codes one per weight, in order
     */
    public static void codes(GgmlType type, MemorySegment blocks, byte[] codes) {
        int size = type.blockWeights();
        for (int block = 0; block * size < codes.length; block++) {
            long at = (long) block * type.blockBytes();
            int to = block * size;
            switch (type) {
                case Q4_0 -> nibbles(blocks, at + 2, codes, to, 32);
                case Q4_1 -> nibbles(blocks, at + 4, codes, to, 32);
                case Q5_0 -> fives(blocks, at + 2, codes, to);
                case Q5_1 -> fives(blocks, at + 4, codes, to);
                case Q8_0 -> {
                    for (int i = 0; i < 32; i++) {
                        codes[to + i] = (byte) (blocks.get(ValueLayout.JAVA_BYTE, at + 2 + i) + 128);
                    }
                }
                case Q4_K -> {
                    for (int i = 0; i < SUPER; i += 64) {
                        nibbles(blocks, at + 16 + i / 2, codes, to + i, 64);
                    }
                }
                case Q5_K -> superFives(blocks, at, codes, to);
                case Q6_K -> sixes(blocks, at, codes, to);
                default -> throw unsupported(type);
            }
        }
    }

    /**
     * Reads the scales of whole blocks, one per group, in order.
     *
     * @param offsets for affine types what is added per group, as long as {@code scales}; else it may be empty
     */
    public static void scales(GgmlType type, MemorySegment blocks, float[] scales, float[] offsets) {
        int groups = type.blockWeights() / group(type);
        for (int block = 0; block * groups < scales.length; block++) {
            long at = (long) block * type.blockBytes();
            int to = block * groups;
            switch (type) {
                case Q4_0, Q5_0, Q8_0 -> scales[to] = half(blocks, at);
                case Q4_1 -> affine(blocks, at, 8, to, scales, offsets);
                case Q5_1 -> affine(blocks, at, 16, to, scales, offsets);
                case Q4_K -> superAffine(blocks, at, 8, to, scales, offsets);
                case Q5_K -> superAffine(blocks, at, 16, to, scales, offsets);
                case Q6_K -> {
                    float d = half(blocks, at + 208);
                    for (int i = 0; i < 16; i++) {
                        scales[to + i] = d * blocks.get(ValueLayout.JAVA_BYTE, at + 192 + i);
                    }
                }
                default -> throw unsupported(type);
            }
        }
    }

    /** Widens F32, F16 or BF16 weights. */
    public static void floats(GgmlType type, MemorySegment data, float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = switch (type) {
                case F32 -> Float.intBitsToFloat(data.get(INT, 4L * i));
                case F16 -> half(data, 2L * i);
                case BF16 -> Float.intBitsToFloat(data.get(HALF, 2L * i) << 16);
                default -> throw unsupported(type);
            };
        }
    }

    private static void affine(MemorySegment blocks, long at, int zero, int to, float[] scales, float[] offsets) {
        scales[to] = half(blocks, at);
        offsets[to] = half(blocks, at + 2) + zero * scales[to];
    }

    private static void superAffine(MemorySegment blocks, long at, int zero, int to, float[] scales, float[] offsets) {
        float d = half(blocks, at);
        float min = half(blocks, at + 2);
        for (int j = 0; j < 8; j++) {
            scales[to + j] = d * sixBits(blocks, at + 4, j, 0);
            offsets[to + j] = zero * scales[to + j] - min * sixBits(blocks, at + 4, j, 4);
        }
    }

    /** The j-th six-bit scale ({@code base} 0) or minimum ({@code base} 4) of the 12 bytes that hold eight of each. */
    private static int sixBits(MemorySegment blocks, long at, int j, int base) {
        if (j < 4) {
            return unsigned(blocks, at + base + j) & 63;
        }
        int low = unsigned(blocks, at + 4 + j);
        int high = unsigned(blocks, at + base + j - 4) >> 6;
        return (base == 0 ? low & 15 : low >> 4) | (high << 4);
    }

    /** The first half of the codes are the low nibbles, the second half the high ones. */
    private static void nibbles(MemorySegment blocks, long at, byte[] codes, int to, int weights) {
        int half = weights / 2;
        for (int i = 0; i < half; i++) {
            int pair = unsigned(blocks, at + i);
            codes[to + i] = (byte) (pair & 15);
            codes[to + half + i] = (byte) (pair >> 4);
        }
    }

    private static void fives(MemorySegment blocks, long at, byte[] codes, int to) {
        int high = blocks.get(INT, at);
        nibbles(blocks, at + 4, codes, to, 32);
        for (int i = 0; i < 32; i++) {
            codes[to + i] = (byte) ((codes[to + i] | (((high >>> i) & 1) << 4)) + 112);
        }
    }

    private static void superFives(MemorySegment blocks, long at, byte[] codes, int to) {
        for (int i = 0; i < SUPER; i++) {
            if (i % 64 == 0) {
                nibbles(blocks, at + 48 + i / 2, codes, to + i, 64);
            }
            int high = (unsigned(blocks, at + 16 + i % 32) >> (i / 32)) & 1;
            codes[to + i] = (byte) ((codes[to + i] | (high << 4)) + 112);
        }
    }

    private static void sixes(MemorySegment blocks, long at, byte[] codes, int to) {
        for (int i = 0; i < SUPER; i++) {
            int half = i / 128;
            int quarter = i % 128 / 32;
            int low = (unsigned(blocks, at + 64L * half + i % 64) >> (4 * (quarter / 2))) & 15;
            int high = (unsigned(blocks, at + 128 + 32L * half + i % 32) >> (2 * quarter)) & 3;
            codes[to + i] = (byte) ((low | (high << 4)) + 96);
        }
    }

    private static float half(MemorySegment blocks, long at) {
        return Float.float16ToFloat(blocks.get(HALF, at));
    }

    private static int unsigned(MemorySegment blocks, long at) {
        return blocks.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    private static IllegalArgumentException unsupported(GgmlType type) {
        return new IllegalArgumentException("type: " + type + " (expected: one that supports() names)");
    }
}
