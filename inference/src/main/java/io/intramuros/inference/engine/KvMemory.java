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

/** The keys and values of one sequence, {@code [1,KV,capacity,HS]} per layer, read and written in place by the model. */
final class KvMemory implements AutoCloseable {
    private static final int SMALLEST = 256;
    private static final int CACHE_LINE = 64;

    private final DecoderSpec spec;
    private final int capacity;
    private final Arena arena = Arena.ofShared();
    private final List<OrtTensor> tensors = new ArrayList<>();

    private KvMemory(DecoderSpec spec, OrtRuntime runtime, int capacity) {
        this.spec = spec;
        this.capacity = capacity;
        try {
            for (int i = 0; i < 2 * spec.layers(); i++) {
                MemorySegment data = arena.allocate(rowBytes() * capacity * spec.kvHeads(), CACHE_LINE);
                tensors.add(runtime.tensor(ElementType.FLOAT, data, 1, spec.kvHeads(), capacity, spec.headSize()));
            }
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    /** Memory for at least so many tokens: a power of two from 256 on, or the whole context. */
    static KvMemory forTokens(int tokens, DecoderSpec spec, OrtRuntime runtime, int context) {
        int bucket = SMALLEST;
        while (bucket < tokens) {
            bucket = Math.multiplyExact(bucket, 2);
        }
        return new KvMemory(spec, runtime, Math.min(bucket, context));
    }

    int capacity() {
        return capacity;
    }

    /** Makes the model read and write this memory. */
    void bindTo(OrtBinding binding) {
        for (int layer = 0; layer < spec.layers(); layer++) {
            bind(binding, layer + ".key", tensors.get(2 * layer));
            bind(binding, layer + ".value", tensors.get(2 * layer + 1));
        }
    }

    /** Takes over the first tokens of a smaller memory. */
    void copyFrom(KvMemory old, int tokens) {
        long bytes = rowBytes() * tokens;
        for (int i = 0; i < tensors.size(); i++) {
            for (int head = 0; head < spec.kvHeads(); head++) {
                MemorySegment from = old.tensors.get(i).data().asSlice(head * rowBytes() * old.capacity, bytes);
                tensors.get(i)
                        .data()
                        .asSlice(head * rowBytes() * capacity, bytes)
                        .copyFrom(from);
            }
        }
    }

    /** Only when no binding holds the memory any more. */
    @Override
    public void close() {
        tensors.forEach(OrtTensor::close);
        arena.close();
    }

    private long rowBytes() {
        return (long) spec.headSize() * Float.BYTES;
    }

    private static void bind(OrtBinding binding, String name, OrtTensor tensor) {
        binding.input("past_key_values." + name, tensor);
        binding.output("present." + name, tensor);
    }
}
