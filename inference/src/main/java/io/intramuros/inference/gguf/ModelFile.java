// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Optional;

/** What a model's file holds, in GGUF's terms: metadata and tensors by name. Safe for any thread until it is closed. */
public interface ModelFile extends AutoCloseable {
    /** Keys and values. */
    GgufMetadata metadata();

    /** All tensors, in the order of the file. */
    Collection<GgufTensor> tensors();

    /** The tensor of a name. */
    Optional<GgufTensor> tensor(String name);

    /** The bytes of a tensor, read-only; unusable once the file is closed. */
    MemorySegment data(GgufTensor tensor);

    /** In which order and form the weights lie. */
    Layout layout() throws GgufException;

    @Override
    void close();

    /** The habits of those who write the files. */
    enum Layout {
        /** Llamas' query and key rows are permuted for neighbours to be rotated; Gemma's norms have their 1 added. */
        GGUF,
        /** Rows as trained, rotated by halves; Gemma's norms are what is added to 1. */
        HUGGING_FACE
    }
}
