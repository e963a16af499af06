// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import static java.util.Objects.requireNonNull;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.RandomBlocks;
import io.intramuros.inference.gguf.TinyGguf;
import io.intramuros.inference.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

/** A decoder of random weights of any family, as a GGUF file and as doubles. */
public final class TinyModel {
    static final int LAYERS = 4;
    static final int HEADS = 4;
    static final int KV_HEADS = 2;
    static final int VOCABULARY = 96;

    final String family;
    final int hidden;
    final int headSize;
    final int feedForward;
    /** Dimensions of a head that are rotated. */
    int rotated;

    private final TinyGguf file = new TinyGguf();
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Random random;
    private final IntFunction<GgmlType> types;
    private int matrices;

    TinyModel(String family, int hidden, IntFunction<GgmlType> types, int seed) {
        this(family, hidden, types, seed, VOCABULARY);
    }

    private TinyModel(String family, int hidden, IntFunction<GgmlType> types, int seed, int vocabulary) {
        this.family = family;
        this.hidden = hidden;
        this.headSize = family.startsWith("gemma") || family.equals("qwen3") ? hidden / 2 : hidden / HEADS;
        this.feedForward = 2 * hidden;
        this.rotated = headSize;
        this.types = types;
        this.random = new Random(seed);
        shape();
        boolean tied = family.startsWith("gemma") || family.equals("smollm3");
        matrix("token_embd.weight", vocabulary, hidden, 1);
        vector("output_norm.weight", hidden);
        if (!tied) {
            matrix("output.weight", vocabulary, hidden, 0.1f);
        }
        for (int i = 0; i < LAYERS; i++) {
            layer("blk." + i + ".");
        }
    }

    static TinyModel of(String family) {
        return new TinyModel(family, 64, _ -> GgmlType.F32, family.hashCode());
    }

    /** One that can chat, though it has nothing to say: a token for each byte, and ChatML. */
    public static TinyModel chatting(String family, String name, Vocabulary vocabulary) {
        int size = vocabulary.tokens().size();
        TinyModel model = new TinyModel(family, 64, _ -> GgmlType.Q8_0, 5, size);
        model.file
                .text("general.name", name)
                .text("general.license", "apache-2.0")
                .text("tokenizer.ggml.model", vocabulary.model())
                .text("tokenizer.ggml.pre", vocabulary.pre())
                .texts("tokenizer.ggml.tokens", vocabulary.tokens())
                .numbers(
                        "tokenizer.ggml.token_type",
                        vocabulary.types().stream().mapToInt(Integer::intValue).toArray())
                .texts("tokenizer.ggml.merges", vocabulary.merges())
                .number("tokenizer.ggml.eos_token_id", 2)
                .text("tokenizer.chat_template", vocabulary.chatTemplate().orElseThrow());
        return model;
    }

    /** The file. */
    public byte[] gguf() {
        return file.toBytes();
    }

    TinyGguf file() {
        return file;
    }

    double[] weights(String name) {
        return requireNonNull(weights.getOrDefault(name, weights.get("token_embd.weight")), name);
    }

    Optional<double[]> optional(String name) {
        return Optional.ofNullable(weights.get(name));
    }

    /** Adds a tensor of 32-bit floats that is also known to the reference. */
    TinyModel with(String name, double... values) {
        weights.put(name, values);
        file.tensor(name, GgmlType.F32.code(), bytes(values), values.length);
        return this;
    }

    /** Rotates only a part of each head. */
    TinyModel rotating(int dimensions) {
        rotated = dimensions;
        file.number(family + ".rope.dimension_count", dimensions);
        return this;
    }

    /** The names of all tensors. */
    java.util.Set<String> names() {
        return weights.keySet();
    }

    /** Rows first. */
    int[] shape(String name) {
        return requireNonNull(shapes.get(name), name);
    }

    private void shape() {
        file.text("general.architecture", family)
                .number(family + ".block_count", LAYERS)
                .number(family + ".embedding_length", hidden)
                .number(family + ".attention.head_count", HEADS)
                .number(family + ".attention.head_count_kv", KV_HEADS)
                .number(family + ".attention.key_length", headSize)
                .number(family + ".attention.value_length", headSize)
                .number(family + ".feed_forward_length", feedForward)
                .number(family + ".context_length", 512)
                .real(family + ".rope.freq_base", 10_000)
                .real(family + ".attention.layer_norm_rms_epsilon", 1e-5);
        switch (family) {
            case "granite" ->
                file.real("granite.embedding_scale", 3)
                        .real("granite.residual_scale", 0.5)
                        .real("granite.attention.scale", 0.2)
                        .real("granite.logit_scale", 4);
            case "gemma2" ->
                file.number("gemma2.attention.sliding_window", 6)
                        .real("gemma2.attn_logit_softcapping", 2)
                        .real("gemma2.final_logit_softcapping", 3);
            case "gemma3" ->
                file.number("gemma3.attention.sliding_window", 6)
                        .number("gemma3.attention.sliding_window_pattern", 3)
                        .real("gemma3.rope.freq_base_swa", 500)
                        .text("gemma3.rope.scaling.type", "linear")
                        .real("gemma3.rope.scaling.factor", 8);
            case "phi3" -> file.number("phi3.attention.sliding_window", 7);
            default -> {
                // Nothing beside the shape.
            }
        }
    }

    private void layer(String block) {
        int width = HEADS * headSize;
        int kvWidth = KV_HEADS * headSize;
        if (!family.equals("olmo2")) {
            vector(block + "attn_norm.weight", hidden);
            vector(block + "ffn_norm.weight", hidden);
        }
        if (family.equals("olmo2") || family.startsWith("gemma")) {
            vector(block + "post_attention_norm.weight", hidden);
            vector(block + "post_ffw_norm.weight", hidden);
        }
        if (family.equals("phi3")) {
            matrix(block + "attn_qkv.weight", width + 2 * kvWidth, hidden, 0.2f);
            matrix(block + "ffn_up.weight", 2 * feedForward, hidden, 0.1f);
        } else {
            matrix(block + "attn_q.weight", width, hidden, 0.2f);
            matrix(block + "attn_k.weight", kvWidth, hidden, 0.2f);
            matrix(block + "attn_v.weight", kvWidth, hidden, 0.2f);
            matrix(block + "ffn_gate.weight", feedForward, hidden, 0.1f);
            matrix(block + "ffn_up.weight", feedForward, hidden, 0.1f);
        }
        matrix(block + "attn_output.weight", hidden, width, 0.1f);
        matrix(block + "ffn_down.weight", hidden, feedForward, 0.1f);
        if (family.equals("qwen2")) {
            vector(block + "attn_q.bias", width);
            vector(block + "attn_k.bias", kvWidth);
            vector(block + "attn_v.bias", kvWidth);
        }
        headNorms(block, width, kvWidth);
    }

    private void headNorms(String block, int width, int kvWidth) {
        if (family.equals("olmo2")) {
            vector(block + "attn_q_norm.weight", width);
            vector(block + "attn_k_norm.weight", kvWidth);
        }
        if (family.equals("qwen3") || family.equals("gemma3")) {
            vector(block + "attn_q_norm.weight", headSize);
            vector(block + "attn_k_norm.weight", headSize);
        }
    }

    private void vector(String name, int length) {
        tensor(name, GgmlType.F32, length, 1);
        shapes.put(name, new int[] {length});
        file.tensor(name, GgmlType.F32.code(), bytes(weights(name)), length);
    }

    private void matrix(String name, int rows, int columns, float size) {
        GgmlType type = types.apply(matrices++);
        byte[] bytes = tensor(name, type, rows * columns, size);
        shapes.put(name, new int[] {rows, columns});
        file.tensor(name, type.code(), bytes, rows, columns);
    }

    private byte[] tensor(String name, GgmlType type, int count, float size) {
        byte[] bytes = RandomBlocks.of(type, count, size, random);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = RandomBlocks.weight(type, bytes, i);
        }
        weights.put(name, values);
        return bytes;
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putFloat((float) value);
        }
        return buffer.array();
    }
}
