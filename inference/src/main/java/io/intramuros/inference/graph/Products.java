// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.Blocks;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.graph.OnnxWriter.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * At accuracy level 4 the kernel rounds the activations to 8 bits per group. In two terms, x = high + low, high is what
 * that rounding makes of x, computed here, and low is what it loses. The kernel takes high without loss and rounds low,
 * which is 254 times smaller, so that the sum of both products is about as good as one of floats.
 */
/** Adds products of activations {@code [B,S,K]} with matrices of weights, kept in the types of the file. */
final class Products {
    private static final float STEPS = 127;
    private static final Op MULTIPLY_FLOATS = Op.microsoft("FusedMatMul").with("transB", 1);
    private static final Op SUM = Op.onnx("ReduceSum").with("keepdims", 0);

    private final OnnxWriter graph;
    private final Weights weights;
    private final Precision precision;
    private final Map<String, String> groupings = new HashMap<>();
    private final Map<String, String> groupSums = new HashMap<>();
    private final Map<String, String> terms = new HashMap<>();

    Products(OnnxWriter graph, Weights weights, Precision precision) {
        this.graph = graph;
        this.weights = weights;
        this.precision = precision;
    }

    /** How activations are treated. */
    enum Precision {
        /** In 32-bit floats: fast for many rows of 4-bit weights, and very slow for few of 8-bit ones. */
        FLOATS,
        /** Rounded to 8 bits. */
        ROUNDED,
        /** As good as floats, by whichever way is fast for the type of the weights. */
        FINE
    }

    /** {@code output = input · matricesᵀ}, the matrices of one type set under each other. */
    String of(String input, List<GgufTensor> matrices, String output) throws GgufException {
        for (GgufTensor matrix : matrices) {
            Weights.requireSupported(matrix);
        }
        GgmlType type = matrices.getFirst().type();
        if (Weights.isFloat(type)) {
            return graph.node(MULTIPLY_FLOATS, output, List.of(input, weights.floats(matrices)));
        }
        List<String> parts = new ArrayList<>(quantised(input, matrices, output));
        if (Blocks.affine(type)) {
            long groups = matrices.getFirst().columns() / Blocks.group(type);
            String offsets = weights.offsets(matrices, output + ".offsets", List.of(rows(matrices), groups));
            String sums = groupSums(input, groups, Blocks.group(type));
            parts.add(graph.node(MULTIPLY_FLOATS, output + ".correction", List.of(sums, offsets)));
        }
        return graph.node(Op.onnx("Sum"), output, parts);
    }

    /** The products with the codes and scales, one for each term of the input, without the offsets of an affine type. */
    private List<String> quantised(String input, List<GgufTensor> matrices, String output) throws GgufException {
        GgmlType type = matrices.getFirst().type();
        int bits = Blocks.bits(type);
        int group = Blocks.group(type);
        long columns = matrices.getFirst().columns();
        long groups = columns / group;
        List<Long> shape = List.of(rows(matrices), groups, (long) group * bits / 8);
        String codes = weights.codes(matrices, output + ".codes", shape);
        String scales = weights.scales(matrices, output + ".scales", List.of(rows(matrices) * groups));
        Op multiply = Op.microsoft("MatMulNBits")
                .with("K", columns)
                .with("N", rows(matrices))
                .with("bits", bits)
                .with("block_size", group)
                .with(
                        "accuracy_level",
                        precision == Precision.FLOATS || (precision == Precision.FINE && bits == 4) ? 0 : 4);
        if (precision != Precision.FINE || bits == 4) {
            return List.of(graph.node(multiply, output + ".rough", List.of(input, codes, scales)));
        }
        List<String> factors = List.of(twoTerms(input, groups, group), codes, scales);
        String both = graph.node(multiply, output + ".both", factors);
        List<String> apart = List.of(output + ".high", output + ".low");
        graph.nodes(Op.onnx("Split").with("axis", 0).with("num_outputs", 2), apart, List.of(both));
        return apart;
    }

    /** {@code [2·B,S,K]}: what the kernel's rounding makes of the input, then what it loses; once per input. */
    private String twoTerms(String input, long groups, int group) {
        return terms.computeIfAbsent(input + group, _ -> {
            String name = input + ".by" + group;
            String sizes = graph.node(Op.onnx("Abs"), name + ".sizes", List.of(grouped(input, groups, group)));
            Op most = Op.onnx("ReduceMax").with("keepdims", 0);
            String largest = graph.node(most, name + ".largest", List.of(sizes, graph.integers(-1)));
            String step = graph.node(Op.onnx("Mul"), name + ".step", List.of(largest, graph.real(1 / STEPS)));
            Op round = Op.onnx("QuantizeLinear").with("axis", -1).with("block_size", group);
            Op widen = Op.onnx("DequantizeLinear").with("axis", -1).with("block_size", group);
            Op signed = round.with("output_dtype", DataType.INT8.code());
            String rounded = graph.node(signed, name + ".rounded", List.of(input, step));
            String high = graph.node(widen, name + ".high", List.of(rounded, step));
            String low = graph.node(Op.onnx("Sub"), name + ".low", List.of(input, high));
            return graph.node(Op.onnx("Concat").with("axis", 0), name + ".terms", List.of(high, low));
        });
    }

    /** The sums of the input over each group, which the offsets are multiplied with; once per input. */
    private String groupSums(String input, long groups, int group) {
        return groupSums.computeIfAbsent(
                input + group,
                _ -> graph.node(
                        SUM, input + ".sums" + group, List.of(grouped(input, groups, group), graph.integers(-1))));
    }

    /** {@code [B,S,groups,group]}. */
    private String grouped(String input, long groups, int group) {
        return groupings.computeIfAbsent(
                input + group,
                _ -> graph.node(
                        Op.onnx("Reshape"),
                        input + ".groups" + group,
                        List.of(input, graph.integers(0, 0, groups, group))));
    }

    private static long rows(List<GgufTensor> matrices) {
        return matrices.stream().mapToLong(GgufTensor::rows).sum();
    }
}
