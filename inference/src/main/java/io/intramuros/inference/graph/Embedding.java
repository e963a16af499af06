// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.Blocks;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.graph.OnnxWriter.Op;
import java.util.List;

/** The rows of the file's embedding, kept in its type. */
final class Embedding {
    private static final int GROUP = 32;
    private static final Op ADD = Op.onnx("Add");
    private static final Op RESHAPE = Op.onnx("Reshape");

    private final OnnxWriter graph;
    private final Weights weights;

    Embedding(OnnxWriter graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** The rows of a table for {@code input_ids}. */
    String embed(GgufTensor table) throws GgufException {
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
        return graph.node(RESHAPE, "embedded.exact", List.of(sum, graph.integers(0, 0, table.columns())));
    }
}
