// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file of version 2 or 3, mapped into memory. What its head claims is checked before it is used, so a hostile
 * file ends in a {@link GgufException}. Safe for any thread; the file must not be cut short while it is open.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public final class GgufFile implements ModelFile {
    private static final int MAGIC = 0x4655_4747; // "GGUF"
    private static final int MOST_DIMENSIONS = 4;
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final long MOST_ALIGNMENT = 1 << 20;
    private static final int LEAST_ENTRY = 8 + 4 + 1;
    private static final int LEAST_TENSOR = 8 + 4 + 8 + 4 + 8;

    private final MappedFile mapped;
    private final MemorySegment file;
    private final GgufMetadata metadata;
    private final Map<String, GgufTensor> tensors;

    private GgufFile(MappedFile mapped) throws GgufException {
        this.mapped = mapped;
        this.file = mapped.bytes();
        GgufReader reader = new GgufReader(file);
        int magic = reader.int32();
        int version = reader.int32();
        if (magic != MAGIC || version < 2 || version > 3) {
            throw new GgufException("file: magic " + Integer.toHexString(magic) + ", version " + version
                    + " (expected: GGUF, little-endian, version 2 or 3)");
        }
        int tensorCount = reader.count("number of tensors", LEAST_TENSOR);
        this.metadata = metadata(reader);
        this.tensors = tensors(reader, tensorCount);
    }

    /**
     * Maps a file and reads its head.
     *
     * @throws GgufException when it is not a GGUF file, or claims what cannot be
     */
    public static GgufFile open(Path path) throws IOException {
        return MappedFile.open(path, GgufFile::new);
    }

    @Override
    public GgufMetadata metadata() {
        return metadata;
    }

    @Override
    public Collection<GgufTensor> tensors() {
        return tensors.values();
    }

    @Override
    public Optional<GgufTensor> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public MemorySegment data(GgufTensor tensor) {
        return file.asSlice(tensor.offset(), tensor.bytes());
    }

    @Override
    public Layout layout() throws GgufException {
        return metadata.text("intramuros.layout").orElse("").equals("huggingface") ? Layout.HUGGING_FACE : Layout.GGUF;
    }

    @Override
    public void close() {
        mapped.close();
    }

    private static GgufMetadata metadata(GgufReader reader) throws GgufException {
        int entries = reader.count("number of metadata entries", LEAST_ENTRY);
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            String key = reader.text();
            if (values.put(key, reader.value()) != null) {
                throw new GgufException("metadata entry " + i + ": a key for the second time");
            }
        }
        return new GgufMetadata(values);
    }

    private Map<String, GgufTensor> tensors(GgufReader reader, int count) throws GgufException {
        List<GgufTensor> relative = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relative.add(tensor(reader, i));
        }
        long alignment = alignment();
        long start = (reader.position() + alignment - 1) / alignment * alignment;
        Map<String, GgufTensor> found = new LinkedHashMap<>();
        for (GgufTensor tensor : relative) {
            GgufTensor placed = placed(tensor, start, alignment);
            if (found.put(placed.name(), placed) != null) {
                throw new GgufException("tensor " + placed.name() + ": for the second time");
            }
        }
        return found;
    }

    private long alignment() throws GgufException {
        long alignment = metadata.number("general.alignment").orElse(DEFAULT_ALIGNMENT);
        if (alignment < 8 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw new GgufException(
                    "general.alignment: " + alignment + " (expected: a power of two from 8 to " + MOST_ALIGNMENT + ")");
        }
        return alignment;
    }

    private static GgufTensor tensor(GgufReader reader, int index) throws GgufException {
        String name = reader.text();
        int rank = reader.int32();
        if (rank < 1 || rank > MOST_DIMENSIONS) {
            throw new GgufException("tensor " + index + ": " + rank + " dimensions (expected: 1 to 4)");
        }
        List<Long> dimensions = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            dimensions.add(reader.int64());
        }
        int code = reader.int32();
        GgmlType type = GgmlType.of(code)
                .orElseThrow(
                        () -> new GgufException("tensor " + name + ": type " + code + " (expected: one of ggml's)"));
        return new GgufTensor(name, type, dimensions, reader.int64());
    }

    private GgufTensor placed(GgufTensor tensor, long start, long alignment) throws GgufException {
        long most = file.byteSize() * 8; // no type has less than a bit per weight
        long weights = 1;
        for (long dimension : tensor.dimensions()) {
            if (dimension < 1 || dimension > most / weights) {
                throw new GgufException("tensor " + tensor.name() + ": dimension " + dimension
                        + " (expected: at least 1, and no more weights than the file has room for)");
            }
            weights *= dimension;
        }
        if (tensor.columns() % tensor.type().blockWeights() != 0) {
            throw new GgufException(
                    "tensor " + tensor.name() + ": " + tensor.columns() + " columns (expected: a multiple of "
                            + tensor.type().blockWeights() + " for " + tensor.type() + ")");
        }
        long room = file.byteSize() - start - tensor.bytes();
        if (tensor.offset() < 0 || tensor.offset() > room || tensor.offset() % alignment != 0) {
            throw new GgufException("tensor " + tensor.name() + ": offset " + tensor.offset()
                    + " (expected: a multiple of " + alignment + ", and the tensor inside the file)");
        }
        return new GgufTensor(tensor.name(), tensor.type(), tensor.dimensions(), start + tensor.offset());
    }
}
