// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** Random tensors of every type, and what ggml's formulas say that each weight is: written apart from the code under test. */
public final class RandomBlocks {
    private RandomBlocks() {}

    /** Blocks for so many weights, whose values are around {@code size}. */
    public static byte[] of(GgmlType type, int weights, float size, RandomGenerator random) {
        int blocks = weights / type.blockWeights();
        ByteBuffer out = TinyGguf.little(blocks * type.blockBytes());
        for (int i = 0; i < blocks; i++) {
            byte[] block = new byte[type.blockBytes()];
            random.nextBytes(block);
            ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            float d = size * (0.5f + random.nextFloat());
            float m = size * (random.nextFloat() - 0.5f);
            switch (type) {
                case F32 -> view.putFloat(0, size * (float) random.nextGaussian());
                case F16 -> view.putShort(0, Float.floatToFloat16(size * (float) random.nextGaussian()));
                case BF16 ->
                    view.putShort(0, (short) (Float.floatToIntBits(size * (float) random.nextGaussian()) >>> 16));
                case Q4_0 -> half(view, 0, d / 8);
                case Q4_1 -> half(view, 0, d / 8).putShort(2, Float.floatToFloat16(m - d));
                case Q5_0 -> half(view, 0, d / 16);
                case Q5_1 -> half(view, 0, d / 16).putShort(2, Float.floatToFloat16(m - d));
                case Q8_0 -> half(view, 0, d / 128);
                case Q4_K -> half(view, 0, d / 8 / 32).putShort(2, Float.floatToFloat16(d / 32));
                case Q5_K -> half(view, 0, d / 16 / 32).putShort(2, Float.floatToFloat16(d / 32));
                case Q6_K -> half(view, 208, d / 32 / 64);
                default -> throw new IllegalArgumentException("type: " + type);
            }
            out.put(block);
        }
        return TinyGguf.bytes(out);
    }

    /** One weight, by ggml's formula for its type. */
    public static double weight(GgmlType type, byte[] tensor, int index) {
        int at = index / type.blockWeights() * type.blockBytes();
        int i = index % type.blockWeights();
        ByteBuffer b = ByteBuffer.wrap(tensor, at, type.blockBytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case F32 -> b.getFloat(0);
            case F16 -> half(b, 0);
            case BF16 -> Float.intBitsToFloat(b.getShort(0) << 16);
            case Q4_0 -> half(b, 0) * (nibble(b, 2, i, 16) - 8);
            case Q4_1 -> half(b, 0) * nibble(b, 4, i, 16) + half(b, 2);
            case Q5_0 -> half(b, 0) * (nibble(b, 6, i, 16) + 16 * bit(b, 2, i) - 16);
            case Q5_1 -> half(b, 0) * (nibble(b, 8, i, 16) + 16 * bit(b, 4, i)) + half(b, 2);
            case Q8_0 -> half(b, 0) * b.get(2 + i);
            case Q4_K -> {
                int[] s = scaleAndMin(b, i / 32);
                yield half(b, 0) * s[0] * nibble(b, 16 + i / 64 * 32, i % 64, 32) - half(b, 2) * s[1];
            }
            case Q5_K -> {
                int[] s = scaleAndMin(b, i / 32);
                int high = (b.get(16 + i % 32) >> (i / 32)) & 1;
                int q = nibble(b, 48 + i / 64 * 32, i % 64, 32) + 16 * high;
                yield half(b, 0) * s[0] * q - half(b, 2) * s[1];
            }
            case Q6_K -> {
                int n = i / 128;
                int l = i % 32;
                int quarter = i % 128 / 32;
                int ql = b.get(64 * n + l + (quarter % 2) * 32) & 0xff;
                int qh = b.get(128 + 32 * n + l) & 0xff;
                int q = (quarter < 2 ? ql & 15 : ql >> 4) + 16 * ((qh >> (2 * quarter)) & 3) - 32;
                yield half(b, 208) * b.get(192 + 8 * n + l / 16 + 2 * quarter) * q;
            }
            default -> throw new IllegalArgumentException("type: " + type);
        };
    }

    private static int nibble(ByteBuffer b, int at, int i, int half) {
        int pair = b.get(at + i % half) & 0xff;
        return i < half ? pair & 15 : pair >> 4;
    }

    private static int bit(ByteBuffer b, int at, int i) {
        return (b.getInt(at) >>> i) & 1;
    }

    /** get_scale_min_k4 of ggml-quants.c. */
    private static int[] scaleAndMin(ByteBuffer b, int j) {
        int[] q = new int[12];
        for (int i = 0; i < 12; i++) {
            q[i] = b.get(4 + i) & 0xff;
        }
        return j < 4
                ? new int[] {q[j] & 63, q[j + 4] & 63}
                : new int[] {(q[j + 4] & 15) | ((q[j - 4] >> 6) << 4), (q[j + 4] >> 4) | ((q[j] >> 6) << 4)};
    }

    private static ByteBuffer half(ByteBuffer buffer, int at, float value) {
        return buffer.putShort(at, Float.floatToFloat16(value));
    }

    private static double half(ByteBuffer b, int at) {
        return Float.float16ToFloat(b.getShort(at));
    }
}
