// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.graph.OnnxWriter.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the graph of a decoder: attention and gated feed-forward in turn, with residuals, the norms where the family
 * has them.
 *
 * <p>Inputs: {@code input_ids [B,S]}, {@code seqlens_k [B]} (tokens held after the run, less one),
 * {@code total_sequence_length} (their greatest number), {@code logits_positions [n]} (rows of the flattened
 * {@code [B·S]} whose logits are wanted), {@code past_key_values.i.key|value [B,KV,CAP,HS]}. Outputs:
 * {@code logits [1,n,V]} and {@code present.i.key|value}, bound to the memory of the past.
 */
final class DecoderGraph {
    private static final Op NORM =
            Op.onnx("SimplifiedLayerNormalization").with("axis", -1).with("stash_type", 1);
    private static final Op ADD = Op.onnx("Add");
    private static final Op MUL = Op.onnx("Mul");
    private static final Op RESHAPE = Op.onnx("Reshape");

    private final DecoderSpec spec;
    private final Traits traits;
    private final TensorSource source;
    private final OnnxWriter graph;
    private final Weights weights;
    private final Products products;
    private final Rotation rotation;

    DecoderGraph(DecoderSpec spec, Traits traits, TensorSource source, Weights weights, Products products) {
        this.spec = spec;
        this.traits = traits;
        this.source = source;
        this.graph = weights.graph();
        this.weights = weights;
        this.products = products;
        this.rotation = new Rotation(spec, traits, source, weights);
    }

    /** Adds the whole graph. */
    void build() throws GgufException {
        graph.input("input_ids", DataType.INT64, List.of("batch", "sequence"));
        graph.input("seqlens_k", DataType.INT32, List.of("batch"));
        graph.input("total_sequence_length", DataType.INT32, List.of());
        graph.input("logits_positions", DataType.INT64, List.of("rows"));
        rotation.build();
        GgufTensor embedding = source.take("token_embd.weight", spec.vocabulary(), spec.hidden());
        String stream =
                scaled(new Embedding(graph, weights).embed(embedding), "embedded.scaled", traits.embeddingScale());
        for (int layer = 0; layer < spec.layers(); layer++) {
            String block = "blk." + layer + ".";
            String attended = attention(layer, before(stream, block + "attn_norm.weight"));
            stream = added(stream, attended, block + "post_attention_norm.weight", block + "after_attention");
            String fed = feedForward(block, before(stream, block + "ffn_norm.weight"));
            stream = added(stream, fed, block + "post_ffw_norm.weight", block + "after_ffn");
        }
        head(stream, embedding);
        source.refuseLeftover();
    }

    private String before(String stream, String norm) throws GgufException {
        return traits.family().normsBefore() ? norm(stream, norm, spec.hidden()) : stream;
    }

    /** The stream with a branch added, which is normed and scaled before where the family does so. */
    private String added(String stream, String branch, String norm, String output) throws GgufException {
        String normed = traits.family().normsAfter() ? norm(branch, norm, spec.hidden()) : branch;
        String scaled = scaled(normed, output + ".scaled", traits.residualScale());
        return graph.node(ADD, output, List.of(stream, scaled));
    }

    private String attention(int layer, String input) throws GgufException {
        String block = "blk." + layer + ".";
        long width = (long) spec.heads() * spec.headSize();
        long kvWidth = (long) spec.kvHeads() * spec.headSize();
        Family family = traits.family();
        Optional<String> all = family == Family.PHI3
                ? Optional.of(projected(input, block + "attn_qkv", width + 2 * kvWidth, spec.hidden()))
                : stacked(input, block, List.of("attn_q", "attn_k", "attn_v"), List.of(width, kvWidth, kvWidth));
        if (all.isPresent()) {
            attend(layer, List.of(all.get(), "", ""));
        } else {
            String q = projected(input, block + "attn_q", width, spec.hidden());
            String k = projected(input, block + "attn_k", kvWidth, spec.hidden());
            attend(
                    layer,
                    List.of(
                            normedHeads(q, block + "attn_q_norm.weight", spec.heads()),
                            normedHeads(k, block + "attn_k_norm.weight", spec.kvHeads()),
                            projected(input, block + "attn_v", kvWidth, spec.hidden())));
        }
        return projected(block + "attended", block + "attn_output", spec.hidden(), width);
    }

    /**
     * One product with several matrices under each other, which is faster than one with each; empty where their types
     * differ, or something is done to the parts apart.
     */
    private Optional<String> stacked(String input, String block, List<String> names, List<Long> rows)
            throws GgufException {
        List<GgufTensor> matrices = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            matrices.add(source.take(block + names.get(i) + ".weight", rows.get(i), spec.hidden()));
        }
        boolean norms = source.has(block + names.getFirst() + "_norm.weight");
        boolean biases = names.stream().anyMatch(name -> source.has(block + name + ".bias"));
        boolean oneType = matrices.stream().map(GgufTensor::type).distinct().count() == 1;
        return norms || biases || !oneType
                ? Optional.empty()
                : Optional.of(products.of(input, matrices, block + String.join("+", names)));
    }

    private void attend(int layer, List<String> queriesKeysValues) {
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
                .with("scale", traits.attentionScale())
                .with("do_rotary", traits.rotates(layer) ? 1 : 0)
                .with("rotary_interleaved", traits.neighbours() ? 1 : 0);
        if (traits.attentionCap() > 0) {
            attend = attend.with("softcap", traits.attentionCap());
        }
        if (traits.isLocal(layer)) {
            attend = attend.with("local_window_size", traits.window());
        }
        List<String> inputs = new ArrayList<>(queriesKeysValues);
        inputs.addAll(List.of(past + ".key", past + ".value", "seqlens_k", "total_sequence_length"));
        if (traits.rotates(layer)) {
            inputs.addAll(rotation.tables(layer));
        }
        graph.nodes(attend, List.of("blk." + layer + ".attended", present + ".key", present + ".value"), inputs);
    }

    /** Queries or keys, normed head by head or over their whole width where the family does so. */
    private String normedHeads(String input, String norm, int heads) throws GgufException {
        long width = (long) heads * spec.headSize();
        if (traits.family() == Family.OLMO2) {
            return norm(input, norm, width);
        }
        if (!traits.family().normsHeads()) {
            return input;
        }
        String apart =
                graph.node(RESHAPE, input + ".heads", List.of(input, graph.integers(0, 0, heads, spec.headSize())));
        String normed = norm(apart, norm, spec.headSize());
        return graph.node(RESHAPE, input + ".normed", List.of(normed, graph.integers(0, 0, width)));
    }

    private String feedForward(String block, String input) throws GgufException {
        int inner = spec.feedForward();
        String gate;
        String up;
        Optional<String> both = traits.family() == Family.PHI3
                ? Optional.of(projected(input, block + "ffn_up", 2L * inner, spec.hidden()))
                : stacked(input, block, List.of("ffn_gate", "ffn_up"), List.of((long) inner, (long) inner));
        if (both.isPresent()) {
            gate = block + "gate";
            up = block + "up";
            graph.nodes(
                    Op.onnx("Split").with("axis", -1).with("num_outputs", 2), List.of(gate, up), List.of(both.get()));
        } else {
            gate = projected(input, block + "ffn_gate", inner, spec.hidden());
            up = projected(input, block + "ffn_up", inner, spec.hidden());
        }
        // With alpha 1 QuickGelu is SiLU, in one kernel; FastGelu is the GELU by tanh.
        Op opening = traits.family().isGemma()
                ? Op.microsoft("FastGelu")
                : Op.microsoft("QuickGelu").with("alpha", 1f);
        String open = graph.node(opening, block + "gate_open", List.of(gate));
        String gated = graph.node(MUL, block + "gated", List.of(open, up));
        return projected(gated, block + "ffn_down", spec.hidden(), inner);
    }

    /** Only the wanted rows pass the last norm and the head, which is the embedding where the file has no other. */
    private void head(String stream, GgufTensor embedding) throws GgufException {
        String rows = graph.node(RESHAPE, "rows.all", List.of(stream, graph.integers(1, -1, spec.hidden())));
        String wanted = graph.node(Op.onnx("Gather").with("axis", 1), "rows", List.of(rows, "logits_positions"));
        String normed = norm(wanted, "output_norm.weight", spec.hidden());
        GgufTensor matrix =
                source.find("output.weight", spec.vocabulary(), spec.hidden()).orElse(embedding);
        boolean plain = traits.logitScale() == 1 && traits.logitCap() == 0;
        String rough = products.of(normed, List.of(matrix), plain ? "logits" : "logits.rough");
        if (traits.logitCap() > 0) {
            String inside = scaled(rough, "logits.inside", traits.logitScale() / traits.logitCap());
            String bounded = graph.node(Op.onnx("Tanh"), "logits.bounded", List.of(inside));
            graph.node(MUL, "logits", List.of(bounded, graph.real(traits.logitCap())));
        } else if (!plain) {
            graph.node(MUL, "logits", List.of(rough, graph.real(traits.logitScale())));
        }
        graph.output("logits", DataType.FLOAT, List.of(1, "rows", spec.vocabulary()));
    }

    /** A product with a matrix of the file, and its bias where it has one. */
    private String projected(String input, String name, long rows, long columns) throws GgufException {
        String product = products.of(input, List.of(source.take(name + ".weight", rows, columns)), name + ".out");
        Optional<GgufTensor> bias = source.find(name + ".bias", rows);
        return bias.isEmpty()
                ? product
                : graph.node(ADD, name + ".biased", List.of(product, weights.floats(bias.get())));
    }

    private String norm(String input, String name, long width) throws GgufException {
        String weight = weights.floats(source.take(name, width), traits.normOffset());
        return graph.node(NORM.with("epsilon", spec.epsilon()), name + ".normed", List.of(input, weight));
    }

    private String scaled(String input, String output, float factor) {
        return factor == 1 ? input : graph.node(MUL, output, List.of(input, graph.real(factor)));
    }
}
