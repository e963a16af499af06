// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A tensor over native memory that the caller owns and keeps alive until every binding that holds it is closed. */
public final class OrtTensor implements AutoCloseable {
    private final OrtHandle handle;
    private final MemorySegment data;

    OrtTensor(OrtApi api, long memoryInfo, ElementType type, MemorySegment data, long[] shape) {
        long bytes = type.bytes();
        for (long dimension : shape) {
            bytes = Math.multiplyExact(bytes, dimension);
        }
        if (!data.isNative() || bytes < 0 || bytes > data.byteSize()) {
            throw new IllegalArgumentException(
                    "tensor memory: " + data.byteSize() + " bytes (expected: native, at least " + bytes + ")");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment dims = arena.allocateFrom(ValueLayout.JAVA_LONG, shape);
            this.handle = new OrtHandle(
                    api,
                    OrtFunction.RELEASE_VALUE,
                    api.create(
                            OrtFunction.CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE,
                            memoryInfo,
                            data.address(),
                            bytes,
                            dims.address(),
                            shape.length,
                            type.code()));
        }
        this.data = data;
    }

    /** The memory that the tensor is a view of. */
    public MemorySegment data() {
        return data;
    }

    long address() {
        return handle.address();
    }

    /** Releases the view, not the memory; a binding that holds the tensor keeps its own reference. */
    @Override
    public void close() {
        handle.close();
    }
}
