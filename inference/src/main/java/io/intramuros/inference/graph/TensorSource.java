// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.gguf.ModelFile;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands out the tensors of a file by name and knows which nobody asked for. */
final class TensorSource {
    private static final int NAMED = 5;

    private final ModelFile file;
    private final Set<String> taken = new HashSet<>();

    TensorSource(ModelFile file) {
        this.file = file;
    }

    ModelFile file() {
        return file;
    }

    /** Whether there is such a tensor, without taking it. */
    boolean has(String name) {
        return file.tensor(name).isPresent();
    }

    /** A tensor that must be there, with that shape (rows first, as ONNX has it). */
    GgufTensor take(String name, long... shape) throws GgufException {
        return find(name, shape)
                .orElseThrow(() -> new GgufException("tensor " + name + ": missing (expected: in the file)"));
    }

    /** A tensor that may be there, but then with that shape. */
    Optional<GgufTensor> find(String name, long... shape) throws GgufException {
        Optional<GgufTensor> found = file.tensor(name);
        if (found.isPresent()) {
            taken.add(name);
            checkShape(found.get(), shape);
        }
        return found;
    }

    /** Refuses a file with tensors that were not taken: to leave one out gives fluent nonsense. */
    void refuseLeftover() throws GgufException {
        List<String> left = file.tensors().stream()
                .map(GgufTensor::name)
                .filter(name -> !taken.contains(name))
                .toList();
        if (!left.isEmpty()) {
            throw new GgufException("tensors: " + left.size() + " that this architecture does not know, such as "
                    + String.join(", ", left.subList(0, Math.min(NAMED, left.size()))) + " (expected: none)");
        }
    }

    private static void checkShape(GgufTensor tensor, long... shape) throws GgufException {
        List<Long> dimensions = tensor.dimensions();
        boolean same = dimensions.size() == shape.length;
        for (int i = 0; same && i < shape.length; i++) {
            same = dimensions.get(i) == shape[shape.length - 1 - i];
        }
        if (!same) {
            throw new GgufException("tensor " + tensor.name() + ": dimensions " + dimensions.reversed() + " (expected: "
                    + Arrays.toString(shape) + ")");
        }
    }
}
