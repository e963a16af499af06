// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a log's folder for one writer, in this process and among all of this machine. */
final class FolderLock implements AutoCloseable {
    /**
     * The folders that this process has. POSIX takes a process's locks of a file away when any of its descriptors of
     * that file is closed, so a second attempt must not even open the file.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes a folder that exists. */
    static FolderLock of(Path log) throws IOException {
        Path folder = log.toRealPath();
        if (!OURS.add(folder)) throw taken(log, "this process");
        FileChannel opened = null;
        try {
            opened = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = opened.tryLock();
            if (lock == null) throw taken(log, "another process");
            return new FolderLock(folder, opened);
        } catch (IOException | RuntimeException e) {
            OURS.remove(folder);
            if (opened != null) opened.close();
            throw e;
        }
    }

    private static IOException taken(Path log, String who) {
        return new IOException("audit log " + log + ": " + who + " has it (expected: one writer)");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OURS.remove(folder);
        }
    }
}
