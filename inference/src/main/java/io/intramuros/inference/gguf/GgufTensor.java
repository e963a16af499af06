// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.util.List;

/**
 * Where a tensor lies in its file, checked to lie inside.
 *
 * @param dimensions 1 to 4, the fastest first: a matrix of ONNX shape {@code [n, k]} has {@code [k, n]}
 * @param offset of its first byte in the file
 */
public record GgufTensor(String name, GgmlType type, List<Long> dimensions, long offset) {
    /** Copies the list. */
    public GgufTensor {
        dimensions = List.copyOf(dimensions);
    }

    /** Length of a row: the dimension along which blocks run. */
    public long columns() {
        return dimensions.getFirst();
    }

    /** All weights by the length of a row. */
    public long rows() {
        return weights() / columns();
    }

    /** Number of weights. */
    public long weights() {
        return dimensions.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /** Bytes in the file. */
    public long bytes() {
        return weights() / type.blockWeights() * type.blockBytes();
    }
}
