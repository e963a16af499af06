// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes a GGUF file of version 3: its head from memory, its tensors straight from where they lie. For one file. */
public final class GgufWriter {
    private static final int MAGIC = 0x4655_4747;
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int PIECE = 1 << 24;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int INT64 = 11;
    private static final int FLOAT64 = 12;

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream infos = new ByteArrayOutputStream();
    private final List<MemorySegment> data = new ArrayList<>();
    private int entryCount;
    private long end;

    /** Adds a text. */
    public GgufWriter text(String key, String value) {
        key(key, STRING);
        text(entries, value);
        return this;
    }

    /** Adds a whole number. */
    public GgufWriter number(String key, long value) {
        boolean small = value >= 0 && value <= 0xffff_ffffL;
        key(key, small ? UINT32 : INT64);
        put(entries, small ? little(4).putInt((int) value) : little(8).putLong(value));
        return this;
    }

    /** Adds a float, in as many bits as it needs. */
    public GgufWriter real(String key, double value) {
        boolean small = (float) value == value;
        key(key, small ? FLOAT32 : FLOAT64);
        put(entries, small ? little(4).putFloat((float) value) : little(8).putDouble(value));
        return this;
    }

    /** Adds a truth value. */
    public GgufWriter flag(String key, boolean value) {
        key(key, BOOL);
        entries.write(value ? 1 : 0);
        return this;
    }

    /** Adds a list of texts. */
    public GgufWriter texts(String key, List<String> values) {
        array(key, STRING, values.size());
        values.forEach(value -> text(entries, value));
        return this;
    }

    /** Adds a list of whole numbers. */
    public GgufWriter numbers(String key, List<Integer> values) {
        array(key, INT32, values.size());
        values.forEach(value -> put(entries, little(4).putInt(value)));
        return this;
    }

    /** Adds a list of floats. */
    public GgufWriter reals(String key, List<Float> values) {
        array(key, FLOAT32, values.size());
        values.forEach(value -> put(entries, little(4).putFloat(value)));
        return this;
    }

    /**
     * Adds a tensor.
     *
     * @param shape rows first
     * @param bytes as many as type and shape ask for; read when the file is written
     */
    public GgufWriter tensor(String name, GgmlType type, List<Long> shape, MemorySegment bytes) {
        text(infos, name);
        put(infos, little(4).putInt(shape.size()));
        shape.reversed().forEach(dimension -> put(infos, little(8).putLong(dimension)));
        put(infos, little(12).putInt(type.code()).putLong(end));
        data.add(bytes);
        end += bytes.byteSize() + padding(bytes.byteSize());
        return this;
    }

    /** Writes the file, which must not be there, and forces it to the disk; tells how many bytes of tensors it wrote. */
    public void write(Path path, LongConsumer progress) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            var head = new ByteArrayOutputStream();
            put(
                    head,
                    little(24)
                            .putInt(MAGIC)
                            .putInt(VERSION)
                            .putLong(data.size())
                            .putLong(entryCount));
            head.writeBytes(entries.toByteArray());
            head.writeBytes(infos.toByteArray());
            head.writeBytes(new byte[padding(head.size())]);
            write(file, ByteBuffer.wrap(head.toByteArray()));
            long written = 0;
            for (MemorySegment bytes : data) {
                for (long at = 0; at < bytes.byteSize(); at += PIECE) {
                    long length = Math.min(PIECE, bytes.byteSize() - at);
                    write(file, bytes.asSlice(at, length).asByteBuffer());
                    written += length;
                    progress.accept(written);
                }
                write(file, ByteBuffer.allocate(padding(bytes.byteSize())));
            }
            file.force(true);
        }
    }

    private void key(String key, int type) {
        text(entries, key);
        put(entries, little(4).putInt(type));
        entryCount++;
    }

    private void array(String key, int type, int count) {
        key(key, ARRAY);
        put(entries, little(12).putInt(type).putLong(count));
    }

    private static int padding(long size) {
        return (int) (-size & (ALIGNMENT - 1));
    }

    private static void text(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        put(out, little(8).putLong(bytes.length));
        out.writeBytes(bytes);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteArrayOutputStream out, ByteBuffer full) {
        byte[] bytes = new byte[full.capacity()];
        full.flip().get(bytes);
        out.writeBytes(bytes);
    }

    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
