// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.Blocks;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.graph.OnnxWriter.Op;
import java.util.List;
import java.util.Optional;

/**
 * Builds the graph of a Llama: norm, attention, norm, gated feed-forward, with residuals.
 *
 * <p>Inputs: {@code input_ids [B,S]}, {@code seqlens_k [B]} (tokens held after the run, less one),
 * {@code total_sequence_length} (their greatest number), {@code logits_positions [n]} (rows of the flattened
 * {@code [B·S]} whose logits are wanted), {@code past_key_values.i.key|value [B,KV,CAP,HS]}. Outputs:
 * {@code logits [1,n,V]} and {@code present.i.key|value}, bound to the memory of the past.
 */
final class LlamaGraph {
    private static final int GROUP = 32;
    private static final Op NORM =
            Op.onnx("SimplifiedLayerNormalization").with("axis", -1).with("stash_type", 1);
    private static final Op ADD = Op.onnx("Add");
    private static final Op MUL = Op.onnx("Mul");
    private static final Op RESHAPE = Op.onnx("Reshape");

    private final DecoderSpec spec;
    private final TensorSource source;
    private final OnnxWriter graph;
    private final Weights weights;
    private final Products products;

    LlamaGraph(DecoderSpec spec, TensorSource source, OnnxWriter graph, Weights weights, Products products) {
        this.spec = spec;
        this.source = source;
        this.graph = graph;
        this.weights = weights;
        this.products = products;
    }

    /** Adds the whole graph. */
    void build() throws GgufException {
        graph.input("input_ids", DataType.INT64, List.of("batch", "sequence"));
        graph.input("seqlens_k", DataType.INT32, List.of("batch"));
        graph.input("total_sequence_length", DataType.INT32, List.of());
        graph.input("logits_positions", DataType.INT64, List.of("rows"));
        rotation();
        GgufTensor embedding = source.take("token_embd.weight", spec.vocabulary(), spec.hidden());
        String stream = embed(embedding);
        for (int layer = 0; layer < spec.layers(); layer++) {
            stream = feedForward(layer, attention(layer, stream));
        }
        head(stream, embedding);
        source.refuseLeftover();
    }

    /** Tables of the cosines and sines of every position. */
    private void rotation() throws GgufException {
        int half = spec.headSize() / 2;
        double[] frequencies = new double[half];
        Optional<GgufTensor> divisors = source.find("rope_freqs.weight", half);
        float[] factors = divisors.isPresent() ? weights.read(divisors.get()) : new float[0];
        for (int i = 0; i < half; i++) {
            double frequency = Math.pow(spec.ropeBase(), -2.0 * i / spec.headSize()) / spec.ropeScale();
            frequencies[i] = divisors.isPresent() ? frequency / factors[i] : frequency;
        }
        List<Long> shape = List.of((long) spec.context(), (long) half);
        weights.computed("cos_cache", shape, (position, i) -> (float) Math.cos(position * frequencies[i]));
        weights.computed("sin_cache", shape, (position, i) -> (float) Math.sin(position * frequencies[i]));
    }

    private String embed(GgufTensor table) throws GgufException {
        Weights.requireSupported(table);
        if (Weights.isFloat(table.type())) {
            return graph.node(Op.onnx("Gather"), "embedded", List.of(weights.floats(table), "input_ids"));
        }
        long rows = table.rows();
        int bits = Blocks.bits(table.type());
        int group = Blocks.group(table.type());
        long groups = table.columns() / group;
        String codes = weights.codes(List.of(table), "embedding.codes", List.of(rows, table.columns() * bits / 8));
        String scales = weights.scales(List.of(table), "embedding.scales", List.of(rows, groups));
        String zeros = bits == 8
                ? weights.fill("embedding.zeros", 128, List.of(rows, groups))
                : weights.fill("embedding.zeros", 0x88, List.of(rows, (groups + 1) / 2));
        Op gather = Op.microsoft("GatherBlockQuantized")
                .with("gather_axis", 0)
                .with("quantize_axis", 1)
                .with("block_size", group)
                .with("bits", bits);
        String rough = graph.node(gather, "embedded", List.of(codes, "input_ids", scales, zeros));
        return Blocks.affine(table.type()) ? corrected(table, rough, groups) : rough;
    }

    /** The embedding of an affine type, with the offsets of its groups added. */
    private String corrected(GgufTensor table, String rough, long groups) {
        String offsets = weights.offsets(List.of(table), "embedding.offsets", List.of(table.rows(), groups, 1L));
        String gathered = graph.node(Op.onnx("Gather"), "embedded.offsets", List.of(offsets, "input_ids"));
        String grouped = graph.node(RESHAPE, "embedded.groups", List.of(rough, graph.integers(0, 0, groups, GROUP)));
        String sum = graph.node(ADD, "embedded.sum", List.of(grouped, gathered));
        return graph.node(RESHAPE, "embedded.exact", List.of(sum, graph.integers(0, 0, spec.hidden())));
    }

    private String attention(int layer, String stream) throws GgufException {
        String block = "blk." + layer + ".";
        long width = (long) spec.heads() * spec.headSize();
        long kvWidth = (long) spec.kvHeads() * spec.headSize();
        String normed = norm(stream, block + "attn_norm.weight");
        GgufTensor q = source.take(block + "attn_q.weight", width, spec.hidden());
        GgufTensor k = source.take(block + "attn_k.weight", kvWidth, spec.hidden());
        GgufTensor v = source.take(block + "attn_v.weight", kvWidth, spec.hidden());
        boolean packed = q.type() == k.type() && q.type() == v.type();
        String first = packed ? products.of(normed, List.of(q, k, v), block + "attn_qkv") : linear(normed, q);
        List<Object> memory = List.of("batch", spec.kvHeads(), "capacity", spec.headSize());
        String past = "past_key_values." + layer;
        String present = "present." + layer;
        for (String part : List.of(".key", ".value")) {
            graph.input(past + part, DataType.FLOAT, memory);
            graph.output(present + part, DataType.FLOAT, memory);
        }
        Op attend = Op.microsoft("GroupQueryAttention")
                .with("num_heads", spec.heads())
                .with("kv_num_heads", spec.kvHeads())
                .with("do_rotary", 1)
                .with("rotary_interleaved", 1);
        graph.nodes(
                attend,
                List.of(block + "attended", present + ".key", present + ".value"),
                List.of(
                        first,
                        packed ? "" : linear(normed, k),
                        packed ? "" : linear(normed, v),
                        past + ".key",
                        past + ".value",
                        "seqlens_k",
                        "total_sequence_length",
                        "cos_cache",
                        "sin_cache"));
        String out = linear(block + "attended", source.take(block + "attn_output.weight", spec.hidden(), width));
        return graph.node(ADD, block + "after_attention", List.of(stream, out));
    }

    private String feedForward(int layer, String stream) throws GgufException {
        String block = "blk." + layer + ".";
        String normed = norm(stream, block + "ffn_norm.weight");
        GgufTensor gateMatrix = source.take(block + "ffn_gate.weight", spec.feedForward(), spec.hidden());
        GgufTensor upMatrix = source.take(block + "ffn_up.weight", spec.feedForward(), spec.hidden());
        String gate = block + "ffn_gate.out";
        String up = block + "ffn_up.out";
        if (gateMatrix.type() == upMatrix.type()) {
            String both = products.of(normed, List.of(gateMatrix, upMatrix), block + "ffn_gate_up");
            graph.nodes(Op.onnx("Split").with("axis", -1).with("num_outputs", 2), List.of(gate, up), List.of(both));
        } else {
            products.of(normed, List.of(gateMatrix), gate);
            products.of(normed, List.of(upMatrix), up);
        }
        // With alpha 1 this is SiLU, in one kernel.
        String open = graph.node(Op.microsoft("QuickGelu").with("alpha", 1f), block + "gate_open", List.of(gate));
        String gated = graph.node(MUL, block + "gated", List.of(open, up));
        String down = linear(gated, source.take(block + "ffn_down.weight", spec.hidden(), spec.feedForward()));
        return graph.node(ADD, block + "after_ffn", List.of(stream, down));
    }

    /** Only the wanted rows pass the last norm and the head, which is the embedding where the file has no other. */
    private void head(String stream, GgufTensor embedding) throws GgufException {
        String rows = graph.node(RESHAPE, "rows.all", List.of(stream, graph.integers(1, -1, spec.hidden())));
        String wanted = graph.node(Op.onnx("Gather").with("axis", 1), "rows", List.of(rows, "logits_positions"));
        String normed = norm(wanted, "output_norm.weight");
        GgufTensor matrix =
                source.find("output.weight", spec.vocabulary(), spec.hidden()).orElse(embedding);
        products.of(normed, List.of(matrix), "logits");
        graph.output("logits", DataType.FLOAT, List.of(1, "rows", spec.vocabulary()));
    }

    private String norm(String input, String name) throws GgufException {
        String weight = weights.floats(source.take(name, spec.hidden()));
        return graph.node(NORM.with("epsilon", spec.epsilon()), name + ".normed", List.of(input, weight));
    }

    private String linear(String input, GgufTensor matrix) throws GgufException {
        return products.of(input, List.of(matrix), matrix.name() + ".out");
    }
}
