// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The file of a model's weights: places are handed out first, then the whole is streamed into it once. */
final class WeightsFile {
    /* What ONNX Runtime's kernels like to read from, and more than any element needs. */
    private static final int ALIGNMENT = 64;
    private static final int BUFFER = 1 << 20;

    private final List<Planned> planned = new ArrayList<>();
    private long end;

    /** Gives the bytes of one place, little-endian, in pieces of at most a buffer. */
    interface Source {
        /** Puts all bytes of the place into the sink. */
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes bytes in their order. */
    static final class Sink {
        private final FileChannel channel;
        private final LongConsumer progress;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private long written;

        private Sink(FileChannel channel, LongConsumer progress) {
            this.channel = channel;
            this.progress = progress;
        }

        void bytes(byte[] bytes, int length) throws IOException {
            for (int at = 0; at < length; ) {
                int piece = Math.min(length - at, room(1));
                buffer.put(bytes, at, piece);
                at += piece;
            }
        }

        void floats(float[] values, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                room(Float.BYTES);
                buffer.putFloat(values[i]);
            }
        }

        private int room(int least) throws IOException {
            if (buffer.remaining() < least) {
                flush();
            }
            return buffer.remaining();
        }

        private long position() {
            return written + buffer.position();
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
            buffer.clear();
            progress.accept(written);
        }
    }

    /** Where bytes lie in the file. */
    record Place(long offset, long length) {}

    private record Planned(Place place, Source source) {}

    /** Takes a place at the end of the file for bytes that are written later. */
    Place plan(long length, Source source) {
        Place place = new Place(end, length);
        planned.add(new Planned(place, source));
        end = (end + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return place;
    }

    /** Bytes of the whole file. */
    long size() {
        return end;
    }

    /** Writes the file and forces it to the disk. */
    void write(Path file, LongConsumer progress) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            Sink sink = new Sink(channel, progress);
            byte[] padding = new byte[ALIGNMENT];
            for (Planned next : planned) {
                next.source.writeTo(sink);
                long gap = next.place.offset + next.place.length - sink.position();
                if (gap != 0) {
                    throw new IllegalStateException("weights: " + gap + " bytes missing (expected: as planned)");
                }
                sink.bytes(padding, (int) (-sink.position() & (ALIGNMENT - 1)));
            }
            sink.flush();
            channel.force(true);
        }
    }
}
