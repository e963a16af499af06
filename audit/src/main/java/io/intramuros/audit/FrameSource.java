// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a segment's frames one after another, up to the length that the file had when it was opened: what is appended
 * meanwhile is not there yet. One thread.
 */
final class FrameSource implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final FileChannel channel;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    /** Where in the file the buffer's first byte stands. */
    private long base;

    private FrameSource(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    static FrameSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FrameSource(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long length() {
        return length;
    }

    /** Where the next frame begins. */
    long at() {
        return base + buffer.position();
    }

    /** Goes on at an offset of the file. */
    void moveTo(long offset) {
        base = offset;
        buffer.position(0).limit(0);
    }

    /** The header's bytes; fewer where the file ends before. */
    byte[] header() throws IOException {
        moveTo(0);
        byte[] header = new byte[(int) Math.min(Frames.HEADER_BYTES, length)];
        has(header.length);
        buffer.get(header);
        return header;
    }

    /** The next frame's payload; empty where there is no whole one, and then the place is kept. */
    byte[] next() throws IOException {
        if (!has(Frames.FRAME_HEAD_BYTES + 1)) return new byte[0];
        int start = buffer.position();
        int size = buffer.getInt(start);
        int crc = buffer.getInt(start + Integer.BYTES);
        byte kind = buffer.get(start + Frames.FRAME_HEAD_BYTES);
        if (!Frames.isOf(kind, size) || !has(Frames.FRAME_HEAD_BYTES + size)) return new byte[0];
        start = buffer.position() + Frames.FRAME_HEAD_BYTES;
        if (Frames.crc(buffer.array(), start, size) != crc) return new byte[0];
        byte[] payload = new byte[size];
        buffer.position(start).get(payload);
        return payload;
    }

    /** Skips one byte, if there is one. */
    boolean skip() throws IOException {
        if (!has(1)) return false;
        buffer.position(buffer.position() + 1);
        return true;
    }

    /** Whether so many bytes stand in the buffer now. */
    private boolean has(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) return true;
        if (at() + bytes > length) return false;
        base += buffer.position();
        buffer.compact();
        while (buffer.position() < bytes) {
            long left = length - base - buffer.position();
            if (left < buffer.remaining()) buffer.limit((int) (buffer.position() + left));
            if (channel.read(buffer, base + buffer.position()) < 0) {
                buffer.flip();
                return false; // somebody cut the file
            }
        }
        buffer.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
