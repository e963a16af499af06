// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes GGUF files of version 3 for tests. */
public final class TinyGguf {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream infos = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int entryCount;
    private int tensorCount;

    /** Adds a 32-bit unsigned integer. */
    public TinyGguf number(String key, long value) {
        return entry(key, 4, little(4).putInt((int) value));
    }

    /** Adds a 32-bit float. */
    public TinyGguf real(String key, double value) {
        return entry(key, 6, little(4).putFloat((float) value));
    }

    /** Adds a string. */
    public TinyGguf text(String key, String value) {
        return entry(key, 8, text(value));
    }

    /** Adds an array of strings. */
    public TinyGguf texts(String key, List<String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(little(12).putInt(8).putLong(values.size())));
        values.forEach(value -> out.writeBytes(bytes(text(value))));
        return entry(key, 9, ByteBuffer.wrap(out.toByteArray()));
    }

    /** Adds an array of 32-bit integers. */
    public TinyGguf numbers(String key, int... values) {
        ByteBuffer buffer = little(12 + 4 * values.length).putInt(5).putLong(values.length);
        for (int value : values) {
            buffer.putInt(value);
        }
        return entry(key, 9, buffer);
    }

    /** Adds a value of any type, its bytes as they are. */
    public TinyGguf entry(String key, int type, ByteBuffer value) {
        entries.writeBytes(bytes(text(key)));
        entries.writeBytes(bytes(little(4).putInt(type)));
        entries.writeBytes(bytes(value));
        entryCount++;
        return this;
    }

    /** Adds a tensor; the shape has its rows first. */
    public TinyGguf tensor(String name, int type, byte[] bytes, long... shape) {
        return tensorAt(name, type, data.size(), bytes, shape);
    }

    /** Adds a tensor that claims to lie somewhere. */
    public TinyGguf tensorAt(String name, int type, long offset, byte[] bytes, long... shape) {
        infos.writeBytes(bytes(text(name)));
        infos.writeBytes(bytes(little(4).putInt(shape.length)));
        for (int i = shape.length - 1; i >= 0; i--) {
            infos.writeBytes(bytes(little(8).putLong(shape[i])));
        }
        infos.writeBytes(bytes(little(12).putInt(type).putLong(offset)));
        data.writeBytes(bytes);
        pad(data);
        tensorCount++;
        return this;
    }

    /** The whole file. */
    public byte[] toBytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(bytes(little(24)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(tensorCount)
                .putLong(entryCount)));
        file.writeBytes(entries.toByteArray());
        file.writeBytes(infos.toByteArray());
        pad(file);
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }

    /** All bytes that a buffer has room for, written or not. */
    public static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(bytes);
        return bytes;
    }

    /** A buffer in the order of the format. */
    public static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return little(8 + bytes.length).putLong(bytes.length).put(bytes);
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }
}
