// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.Blocks;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.gguf.ModelFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns the tensors of a GGUF file into initializers: codes, scales and offsets as ONNX Runtime's kernels want them,
 * each written once however many initializers of however many graphs look at it.
 */
final class Weights {
    /* Weights that are held in memory at a time. */
    private static final int CHUNK = 1 << 18;

    private final ModelFile file;
    private final WeightsFile data;
    private final OnnxWriter graph;
    private final Map<String, WeightsFile.Place> places;
    private final Set<String> floats = new HashSet<>();

    /** The weights of a file, to be used {@link #in} graphs. */
    Weights(ModelFile file, WeightsFile data) {
        this(file, data, new OnnxWriter(""), new HashMap<>());
    }

    private Weights(ModelFile file, WeightsFile data, OnnxWriter graph, Map<String, WeightsFile.Place> places) {
        this.file = file;
        this.data = data;
        this.graph = graph;
        this.places = places;
    }

    /** The same weights as initializers of a graph. */
    Weights in(OnnxWriter user) {
        return new Weights(file, data, user, places);
    }

    /** The graph that they are initializers of. */
    OnnxWriter graph() {
        return graph;
    }

    /** A value of a computed table. */
    interface Cell {
        float at(long row, int column);
    }

    /** Refuses, by name, a type that has no mapping. */
    static void requireSupported(GgufTensor tensor) throws GgufException {
        if (!Blocks.supports(tensor.type()) && !isFloat(tensor.type())) {
            throw new GgufException("tensor " + tensor.name() + ": type " + tensor.type()
                    + " (expected: F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K or Q6_K)");
        }
    }

    static boolean isFloat(GgmlType type) {
        return type == GgmlType.F32 || type == GgmlType.F16 || type == GgmlType.BF16;
    }

    /** The weights as 32-bit floats, rows first; the same initializer for whoever asks. */
    String floats(GgufTensor tensor) throws GgufException {
        return floats(tensor, 0);
    }

    /** The same, each with a number added. */
    String floats(GgufTensor tensor, float added) throws GgufException {
        return floats(List.of(tensor), tensor.dimensions().reversed(), added);
    }

    /** Matrices of one width under each other, as 32-bit floats. */
    String floats(List<GgufTensor> matrices) throws GgufException {
        long rows = matrices.stream().mapToLong(GgufTensor::rows).sum();
        return floats(matrices, List.of(rows, matrices.getFirst().columns()), 0);
    }

    private String floats(List<GgufTensor> tensors, List<Long> shape, float added) throws GgufException {
        for (GgufTensor tensor : tensors) {
            requireFloat(tensor);
        }
        String name = name(tensors);
        if (!floats.add(name)) {
            return name;
        }
        WeightsFile.Place place = place(tensors, ".floats", weights(tensors) * Float.BYTES, sink -> {
            float[] weights = new float[CHUNK];
            eachChunk(tensors, (tensor, chunk, length) -> {
                float[] part = length == CHUNK ? weights : new float[length];
                Blocks.floats(tensor.type(), chunk, part);
                for (int i = 0; added != 0 && i < length; i++) {
                    part[i] += added;
                }
                sink.floats(part, length);
            });
        });
        return graph.weights(name, DataType.FLOAT, shape, place);
    }

    /** The codes, low nibble first where they have four bits; {@code shape} is of bytes. */
    String codes(List<GgufTensor> tensors, String name, List<Long> shape) {
        int bits = Blocks.bits(tensors.getFirst().type());
        WeightsFile.Place place = place(tensors, ".codes", weights(tensors) * bits / 8, sink -> {
            eachChunk(tensors, (tensor, chunk, length) -> {
                byte[] codes = new byte[length];
                Blocks.codes(tensor.type(), chunk, codes);
                sink.bytes(codes, bits == 8 ? length : pack(codes));
            });
        });
        return graph.weights(name, DataType.UINT8, shape, place);
    }

    /** The scales, one per group. */
    String scales(List<GgufTensor> tensors, String name, List<Long> shape) {
        return perGroup(tensors, name, shape, false);
    }

    /** What is added per group of an affine type. */
    String offsets(List<GgufTensor> tensors, String name, List<Long> shape) {
        return perGroup(tensors, name, shape, true);
    }

    /** The same byte over and over. */
    String fill(String name, int value, List<Long> shape) {
        long length = shape.stream().reduce(1L, Math::multiplyExact);
        WeightsFile.Place place = place(name, length, sink -> {
            byte[] piece = new byte[CHUNK];
            Arrays.fill(piece, (byte) value);
            for (long left = length; left > 0; left -= CHUNK) {
                sink.bytes(piece, (int) Math.min(left, CHUNK));
            }
        });
        return graph.weights(name, DataType.UINT8, shape, place);
    }

    /** A table of floats that are computed when it is written. */
    String computed(String name, List<Long> shape, Cell cell) {
        long rows = shape.getFirst();
        int columns = Math.toIntExact(shape.getLast());
        WeightsFile.Place place = place(name, rows * columns * Float.BYTES, sink -> {
            float[] values = new float[columns];
            for (long row = 0; row < rows; row++) {
                for (int i = 0; i < columns; i++) {
                    values[i] = cell.at(row, i);
                }
                sink.floats(values, columns);
            }
        });
        return graph.weights(name, DataType.FLOAT, shape, place);
    }

    /** A short tensor of floats, read at once. */
    float[] read(GgufTensor tensor) throws GgufException {
        requireFloat(tensor);
        float[] values = new float[Math.toIntExact(tensor.weights())];
        Blocks.floats(tensor.type(), file.data(tensor), values);
        return values;
    }

    private static void requireFloat(GgufTensor tensor) throws GgufException {
        if (!isFloat(tensor.type())) {
            throw new GgufException("tensor " + tensor.name() + ": type " + tensor.type() + " (expected: floats)");
        }
    }

    private String perGroup(List<GgufTensor> tensors, String name, List<Long> shape, boolean wantOffsets) {
        int group = Blocks.group(tensors.getFirst().type());
        long bytes = weights(tensors) / group * Float.BYTES;
        WeightsFile.Place place = place(tensors, wantOffsets ? ".offsets" : ".scales", bytes, sink -> {
            eachChunk(tensors, (tensor, chunk, length) -> {
                float[] scales = new float[length / group];
                float[] offsets = new float[length / group];
                Blocks.scales(tensor.type(), chunk, scales, offsets);
                float[] wanted = wantOffsets ? offsets : scales;
                requireFinite(tensor, wanted);
                sink.floats(wanted, wanted.length);
            });
        });
        return graph.weights(name, DataType.FLOAT, shape, place);
    }

    private WeightsFile.Place place(List<GgufTensor> tensors, String part, long bytes, WeightsFile.Source source) {
        return place(name(tensors) + part, bytes, source);
    }

    private WeightsFile.Place place(String what, long bytes, WeightsFile.Source source) {
        return places.computeIfAbsent(what, _ -> data.plan(bytes, source));
    }

    private static String name(List<GgufTensor> tensors) {
        return tensors.stream().map(GgufTensor::name).collect(Collectors.joining("+"));
    }

    private static long weights(List<GgufTensor> tensors) {
        return tensors.stream().mapToLong(GgufTensor::weights).sum();
    }

    private interface ChunkWriter {
        void write(GgufTensor tensor, MemorySegment chunk, int weights) throws IOException;
    }

    private void eachChunk(List<GgufTensor> tensors, ChunkWriter writer) throws IOException {
        for (GgufTensor tensor : tensors) {
            eachChunk(tensor, writer);
        }
    }

    private void eachChunk(GgufTensor tensor, ChunkWriter writer) throws IOException {
        MemorySegment bytes = file.data(tensor);
        GgmlType type = tensor.type();
        for (long from = 0; from < tensor.weights(); from += CHUNK) {
            int length = (int) Math.min(CHUNK, tensor.weights() - from);
            long at = from / type.blockWeights() * type.blockBytes();
            writer.write(tensor, bytes.asSlice(at, (long) length / type.blockWeights() * type.blockBytes()), length);
        }
    }

    private static int pack(byte[] codes) {
        for (int i = 0; i < codes.length; i += 2) {
            codes[i / 2] = (byte) (codes[i] | (codes[i + 1] << 4));
        }
        return codes.length / 2;
    }

    private static void requireFinite(GgufTensor tensor, float[] values) throws GgufException {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new GgufException("tensor " + tensor.name() + ": a scale that is not finite (expected: numbers)");
            }
        }
    }
}
