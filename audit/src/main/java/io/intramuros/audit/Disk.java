// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the writer asks of a disk; a test's disk loses what was not forced. */
interface Disk {
    /** Opens a file for appending, made where it is missing. */
    Output append(Path file) throws IOException;

    /** Makes the names in a folder durable. */
    void forceFolder(Path folder) throws IOException;

    /** Makes a folder in one that exists. */
    void makeFolder(Path folder) throws IOException;

    /** Puts a file in the place of another, or of none. */
    void replace(Path file, Path with) throws IOException;

    /** Takes a file or an empty folder away, if it is there. */
    void delete(Path file) throws IOException;

    /** The free bytes. */
    long free(Path folder) throws IOException;

    /** An open file. */
    interface Output extends AutoCloseable {
        /** Writes all of it at the end. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes what was written durable. */
        void force() throws IOException;

        /** The file's length. */
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The disk of this machine. */
    Disk REAL = new Disk() {
        @Override
        public Output append(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size());
            return new RealOutput(channel);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            Files.createDirectory(folder);
        }

        @Override
        public void replace(Path file, Path with) throws IOException {
            Files.move(with, file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public long free(Path folder) throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }
    };

    /** A file of this machine. */
    record RealOutput(FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
