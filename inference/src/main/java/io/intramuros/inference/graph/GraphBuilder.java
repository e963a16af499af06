// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.gguf.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes an ONNX model of a GGUF file: the graph and, beside it, the file of its weights. */
public final class GraphBuilder {
    /** The graph, in the folder of a converted model. */
    public static final String MODEL = "model.onnx";

    /** The graph that reads prompts, beside the other; absent where that one reads them too. */
    public static final String PROMPT_MODEL = "prompt.onnx";

    /** The weights, beside the graphs. */
    public static final String WEIGHTS = "model.onnx.data";

    /** Part of the key of a converted model: raised whenever the same file would give another graph. */
    public static final int VERSION = 3;

    private GraphBuilder() {}

    /** Told of the bytes of weights written so far, and of all that will be. */
    @FunctionalInterface
    public interface Progress {
        /** Called about once per megabyte, by the thread that converts. */
        void written(long bytes, long of);
    }

    /**
     * Writes the model into an existing, empty folder and forces it to the disk.
     *
     * @return its shape
     * @throws GgufException when the file is of a kind that we do not build, before anything is written
     */
    public static DecoderSpec build(ModelFile file, Path folder, GraphSettings settings, Progress progress)
            throws IOException {
        GgufTensor embedding = file.tensor("token_embd.weight")
                .orElseThrow(() -> new GgufException("tensor token_embd.weight: missing (expected: in the file)"));
        int vocabulary = (int) Math.min(Integer.MAX_VALUE, embedding.rows());
        DecoderSpec spec = DecoderSpec.of(file.metadata(), vocabulary, settings.context());
        WeightsFile data = new WeightsFile();
        Weights weights = new Weights(file, data);
        boolean rounds = settings.accuracyLevel() == 4;
        byte[] model = graph(spec, file, weights, rounds ? Products.Precision.ROUNDED : Products.Precision.FLOATS);
        long size = file.tensors().stream().mapToLong(GgufTensor::weights).sum();
        boolean fine = rounds && size < settings.fineBelow();
        byte[] prompts = fine ? graph(spec, file, weights, Products.Precision.FINE) : new byte[0];
        data.write(folder.resolve(WEIGHTS), written -> progress.written(written, data.size()));
        write(folder.resolve(MODEL), model);
        if (fine) {
            write(folder.resolve(PROMPT_MODEL), prompts);
        }
        return spec;
    }

    private static byte[] graph(DecoderSpec spec, ModelFile file, Weights weights, Products.Precision precision)
            throws GgufException {
        OnnxWriter graph = new OnnxWriter(WEIGHTS);
        Weights used = weights.in(graph);
        Traits traits = Traits.of(file, Family.of(Keys.of(file.metadata())), spec);
        new DecoderGraph(spec, traits, new TensorSource(file), used, new Products(graph, used, precision)).build();
        return graph.model();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
