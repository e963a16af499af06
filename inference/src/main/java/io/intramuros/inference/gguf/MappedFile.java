// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in memory, read-only, until it is closed. */
public final class MappedFile implements AutoCloseable {
    private final Arena arena;
    private final MemorySegment bytes;

    private MappedFile(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    /** Makes something of a mapped file, which it takes over. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads the file's head; where it throws, the file is closed. */
        T read(MappedFile file) throws IOException;
    }

    /** Maps a file for a reader. */
    @SuppressWarnings("MustBeClosedChecker") // the file takes the arena over
    public static <T> T open(Path path, Reader<T> reader) throws IOException {
        Arena arena = Arena.ofShared();
        boolean read = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            T made = reader.read(new MappedFile(arena, mapped));
            read = true;
            return made;
        } finally {
            if (!read) {
                arena.close();
            }
        }
    }

    /** All bytes. */
    public MemorySegment bytes() {
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}
