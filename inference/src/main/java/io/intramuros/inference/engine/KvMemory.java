// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.DecoderSpec;
import io.intramuros.inference.ort.ElementType;
import io.intramuros.inference.ort.OrtBinding;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.ort.OrtTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and values of several sequences, one row each: {@code [rows,KV,capacity,HS]} per layer, read and written in
 * place by the model.
 */
final class KvMemory implements AutoCloseable {
    private static final int SMALLEST = 256;
    private static final int CACHE_LINE = 64;

    private final DecoderSpec spec;
    private final OrtRuntime runtime;
    private final int rows;
    private final int capacity;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> parts = new ArrayList<>();

    /** Memory for so many rows of so many tokens, all empty. */
    KvMemory(DecoderSpec spec, OrtRuntime runtime, int rows, int capacity) {
        this.spec = spec;
        this.runtime = runtime;
        this.rows = rows;
        this.capacity = capacity;
        try {
            for (int i = 0; i < 2 * spec.layers(); i++) {
                parts.add(arena.allocate(rows * rowBytes(), CACHE_LINE));
            }
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    /** The capacity of a row that must hold so many tokens: a power of two from 256 on, or the whole context. */
    static int bucket(int tokens, int context) {
        int bucket = SMALLEST;
        while (bucket < tokens) {
            bucket = Math.multiplyExact(bucket, 2);
        }
        return Math.min(bucket, context);
    }

    int rows() {
        return rows;
    }

    int capacity() {
        return capacity;
    }

    /** Makes the model read and write rows that lie beside each other. */
    void bindTo(OrtBinding binding, int first, int count) {
        for (int layer = 0; layer < spec.layers(); layer++) {
            bind(binding, layer + ".key", parts.get(2 * layer), first, count);
            bind(binding, layer + ".value", parts.get(2 * layer + 1), first, count);
        }
    }

    /** Takes over the first tokens of a row, of this memory or another. */
    void copyRow(KvMemory from, int fromRow, int toRow, int tokens) {
        long bytes = tokens * tokenBytes();
        for (int i = 0; i < parts.size(); i++) {
            for (int head = 0; head < spec.kvHeads(); head++) {
                long source = fromRow * from.rowBytes() + tokenBytes() * head * from.capacity;
                long target = toRow * rowBytes() + tokenBytes() * head * capacity;
                MemorySegment.copy(from.parts.get(i), source, parts.get(i), target, bytes);
            }
        }
    }

    /** Only when no binding holds the memory any more. */
    @Override
    public void close() {
        arena.close();
    }

    private long tokenBytes() {
        return (long) spec.headSize() * Float.BYTES;
    }

    private long rowBytes() {
        return tokenBytes() * capacity * spec.kvHeads();
    }

    private void bind(OrtBinding binding, String name, MemorySegment part, int first, int count) {
        MemorySegment data = part.asSlice(first * rowBytes(), count * rowBytes());
        try (OrtTensor tensor =
                runtime.tensor(ElementType.FLOAT, data, count, spec.kvHeads(), capacity, spec.headSize())) {
            binding.input("past_key_values." + name, tensor);
            binding.output("present." + name, tensor);
        }
    }
}
