// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static java.util.Objects.requireNonNull;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.RandomBlocks;
import io.intramuros.inference.gguf.TinyGguf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** A Llama of random weights, as a GGUF file and as doubles. */
final class TinyLlama {
    static final int LAYERS = 2;
    static final int HIDDEN = 256;
    static final int HEADS = 4;
    static final int KV_HEADS = 2;
    static final int HEAD_SIZE = 64;
    static final int FEED_FORWARD = 512;
    static final int VOCABULARY = 96;

    private final TinyGguf file = new TinyGguf();
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final Random random;
    private final IntFunction<GgmlType> types;
    private int matrices;
    private double ropeScale = 1;

    /** A model whose matrices all have one type. */
    static TinyLlama of(GgmlType type, boolean tied, int seed) {
        return new TinyLlama(_ -> type, tied, seed, 4096);
    }

    /** A model; {@code types} gives the type of the i-th matrix. */
    TinyLlama(IntFunction<GgmlType> types, boolean tied, int seed, int context) {
        this.random = new Random(seed);
        this.types = types;
        file.text("general.architecture", "llama")
                .number("llama.block_count", LAYERS)
                .number("llama.embedding_length", HIDDEN)
                .number("llama.attention.head_count", HEADS)
                .number("llama.attention.head_count_kv", KV_HEADS)
                .number("llama.feed_forward_length", FEED_FORWARD)
                .number("llama.context_length", context)
                .number("llama.rope.dimension_count", HEAD_SIZE)
                .real("llama.rope.freq_base", 10_000)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5);
        matrix("token_embd.weight", VOCABULARY, HIDDEN, 1);
        vector("output_norm.weight", HIDDEN);
        if (!tied) {
            matrix("output.weight", VOCABULARY, HIDDEN, 0.1f);
        }
        for (int i = 0; i < LAYERS; i++) {
            layer("blk." + i + ".");
        }
    }

    byte[] gguf() {
        return file.toBytes();
    }

    /** Divides the angles of the rotation, as Llama 3.1 and later do. */
    TinyLlama withRopeFactors() {
        double[] factors = new double[HEAD_SIZE / 2];
        Arrays.setAll(factors, i -> (float) (1 + i * 0.25));
        file.tensor("rope_freqs.weight", GgmlType.F32.code(), bytes(factors), factors.length);
        weights.put("rope_freqs.weight", factors);
        return this;
    }

    /** Divides the positions. */
    TinyLlama withRopeScale(double factor) {
        file.text("llama.rope.scaling.type", "linear").real("llama.rope.scaling.factor", factor);
        ropeScale = factor;
        return this;
    }

    /** What the angle of a pair is divided by. */
    double ropeDivisor(int pair) {
        double[] factors = weights.get("rope_freqs.weight");
        return ropeScale * (factors == null ? 1 : factors[pair]);
    }

    /** The file under construction, for one tensor or entry too many. */
    TinyGguf file() {
        return file;
    }

    double[] weights(String name) {
        return requireNonNull(weights.getOrDefault(name, weights.get("token_embd.weight")));
    }

    private void layer(String block) {
        vector(block + "attn_norm.weight", HIDDEN);
        matrix(block + "attn_q.weight", HEADS * HEAD_SIZE, HIDDEN, 0.1f);
        matrix(block + "attn_k.weight", KV_HEADS * HEAD_SIZE, HIDDEN, 0.1f);
        matrix(block + "attn_v.weight", KV_HEADS * HEAD_SIZE, HIDDEN, 0.1f);
        matrix(block + "attn_output.weight", HIDDEN, HEADS * HEAD_SIZE, 0.1f);
        vector(block + "ffn_norm.weight", HIDDEN);
        matrix(block + "ffn_gate.weight", FEED_FORWARD, HIDDEN, 0.1f);
        matrix(block + "ffn_up.weight", FEED_FORWARD, HIDDEN, 0.1f);
        matrix(block + "ffn_down.weight", HIDDEN, FEED_FORWARD, 0.1f);
    }

    private void vector(String name, int length) {
        tensor(name, GgmlType.F32, 1, length, 1);
        file.tensor(name, GgmlType.F32.code(), bytes(weights(name)), length);
    }

    private void matrix(String name, int rows, int columns, float size) {
        GgmlType type = types.apply(matrices++);
        byte[] bytes = tensor(name, type, rows, columns, size);
        file.tensor(name, type.code(), bytes, rows, columns);
    }

    private byte[] tensor(String name, GgmlType type, int rows, int columns, float size) {
        byte[] bytes = RandomBlocks.of(type, rows * columns, size, random);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = RandomBlocks.weight(type, bytes, i);
        }
        weights.put(name, values);
        return bytes;
    }

    private static byte[] bytes(double[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putFloat((float) value);
        }
        return bytes;
    }
}
