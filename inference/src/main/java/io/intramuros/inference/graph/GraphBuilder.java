// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.GgufTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes an ONNX model of a GGUF file: the graph and, beside it, the file of its weights. */
public final class GraphBuilder {
    /** The graph, in the folder of a converted model. */
    public static final String MODEL = "model.onnx";

    /** The weights, beside the graph. */
    public static final String WEIGHTS = "model.onnx.data";

    /** Part of the key of a converted model: raised whenever the same file would give another graph. */
    public static final int VERSION = 1;

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
    public static DecoderSpec build(GgufFile file, Path folder, GraphSettings settings, Progress progress)
            throws IOException {
        GgufTensor embedding = file.tensor("token_embd.weight")
                .orElseThrow(() -> new GgufException("tensor token_embd.weight: missing (expected: in the file)"));
        int vocabulary = (int) Math.min(Integer.MAX_VALUE, embedding.rows());
        DecoderSpec spec = DecoderSpec.of(file.metadata(), vocabulary, settings.context());
        WeightsFile data = new WeightsFile();
        OnnxWriter graph = new OnnxWriter(WEIGHTS);
        Weights weights = new Weights(file, data, graph);
        new LlamaGraph(spec, new TensorSource(file), graph, weights, settings.accuracyLevel()).build();
        data.write(folder.resolve(WEIGHTS), written -> progress.written(written, data.size()));
        write(folder.resolve(MODEL), graph.model());
        return spec;
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
