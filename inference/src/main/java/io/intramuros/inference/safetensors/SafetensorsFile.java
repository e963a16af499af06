// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file, mapped into memory. Its header is believed only where it describes the rest of the file exactly:
 * every byte belongs to one tensor, none overlaps another. Safe for any thread; the file must not be cut short while
 * it is open.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final MappedFile mapped;
    private final MemorySegment file;
    private final Map<String, Entry> entries;

    /**
     * A tensor.
     *
     * @param shape rows first; empty for one number
     * @param begin of its bytes, in the file
     * @param end behind its last byte
     */
    public record Entry(String name, GgmlType type, List<Long> shape, long begin, long end) {
        /** Copies the list. */
        public Entry {
            shape = List.copyOf(shape);
        }
    }

    private SafetensorsFile(MappedFile mapped) throws SafetensorsException {
        this.mapped = mapped;
        this.file = mapped.bytes();
        this.entries = entries();
    }

    /**
     * Maps a file and reads its header.
     *
     * @throws SafetensorsException when it is not such a file, or claims what cannot be
     */
    public static SafetensorsFile open(Path path) throws IOException {
        return MappedFile.open(path, SafetensorsFile::new);
    }

    /** All tensors, in the order of their bytes. */
    public List<Entry> tensors() {
        return List.copyOf(entries.values());
    }

    /** The bytes of a tensor, read-only; unusable once the file is closed. */
    public MemorySegment data(Entry entry) {
        return file.asSlice(entry.begin, entry.end - entry.begin);
    }

    @Override
    public void close() {
        mapped.close();
    }

    private Map<String, Entry> entries() throws SafetensorsException {
        long length = file.byteSize() < Long.BYTES ? -1 : file.get(LONG, 0);
        if (length < 2 || length > LONGEST_HEADER || length > file.byteSize() - Long.BYTES) {
            throw new SafetensorsException("length of the header: " + length + " (expected: 2 to "
                    + Math.min(LONGEST_HEADER, Math.max(2, file.byteSize() - Long.BYTES)) + ")");
        }
        long start = Long.BYTES + length;
        List<Entry> found = new ArrayList<>();
        for (var property : header(length).properties()) {
            if (!property.getKey().equals(METADATA)) {
                found.add(entry(property.getKey(), property.getValue(), start));
            }
        }
        found.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long at = start;
        Map<String, Entry> ordered = new LinkedHashMap<>();
        for (Entry entry : found) {
            if (entry.begin != at) {
                throw new SafetensorsException("tensor " + entry.name + ": begins at byte " + (entry.begin - start)
                        + " (expected: " + (at - start) + ", where the one before ends)");
            }
            at = entry.end;
            ordered.put(entry.name, entry);
        }
        if (at != file.byteSize()) {
            throw new SafetensorsException("file: " + (file.byteSize() - start) + " bytes of data (expected: "
                    + (at - start) + ", as the header says)");
        }
        return ordered;
    }

    private JsonNode header(long length) throws SafetensorsException {
        byte[] bytes = file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        try {
            JsonNode header = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            if (!header.isObject()) {
                throw new SafetensorsException("header: not an object (expected: tensors by name)");
            }
            return header;
        } catch (JacksonException e) {
            var refused = new SafetensorsException("header: not JSON, or a name for the second time");
            refused.initCause(e);
            throw refused;
        }
    }

    private Entry entry(String name, JsonNode node, long start) throws SafetensorsException {
        List<Long> shape = longs(name, "shape", node.path("shape"), MOST_DIMENSIONS);
        List<Long> offsets = longs(name, "data_offsets", node.path("data_offsets"), 2);
        GgmlType type = type(name, node.path("dtype").asString(""));
        long bytes = type.blockBytes();
        for (long dimension : shape) {
            if (dimension < 0 || (dimension > 0 && bytes > file.byteSize() / dimension)) {
                throw new SafetensorsException(
                        "tensor " + name + ": shape (expected: no more than the file has room for)");
            }
            bytes *= dimension;
        }
        boolean inside = offsets.size() == 2
                && offsets.getFirst() >= 0
                && offsets.getLast() >= offsets.getFirst()
                && offsets.getLast() <= file.byteSize() - start;
        if (!inside || offsets.getLast() - offsets.getFirst() != bytes) {
            throw new SafetensorsException("tensor " + name + ": data_offsets " + offsets
                    + " (expected: inside the file, " + bytes + " bytes)");
        }
        return new Entry(name, type, shape, start + offsets.getFirst(), start + offsets.getLast());
    }

    private static GgmlType type(String name, String type) throws SafetensorsException {
        return switch (type) {
            case "F32" -> GgmlType.F32;
            case "F16" -> GgmlType.F16;
            case "BF16" -> GgmlType.BF16;
            case "I64" -> GgmlType.I64;
            case "I32" -> GgmlType.I32;
            default -> throw new SafetensorsException("tensor " + name + ": dtype (expected: F32, F16 or BF16)");
        };
    }

    private static List<Long> longs(String name, String field, JsonNode node, int most) throws SafetensorsException {
        List<Long> values = new ArrayList<>();
        if (!node.isArray() || node.size() > most) {
            throw new SafetensorsException(
                    "tensor " + name + ": " + field + " (expected: an array of at most " + most + " numbers)");
        }
        for (JsonNode value : node) {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new SafetensorsException("tensor " + name + ": " + field + " (expected: whole numbers)");
            }
            values.add(value.longValue());
        }
        return values;
    }
}
