// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** The folder that holds what one gateway keeps. One process at a time has it. */
public final class DataFolder implements AutoCloseable {
    private static final int VERSION = 1;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens it, and makes it where it is missing.
     *
     * @throws InvalidSettings if another process has it, a newer program made it, or it cannot be written
     */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lock =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(lock)) {
                lock.close();
                throw new InvalidSettings("data folder " + path
                        + ": another process has it (expected: one gateway a folder; stop the other or give --data)");
            }
            DataFolder folder = new DataFolder(path, lock);
            folder.checkVersion();
            return folder;
        } catch (FileSystemException e) {
            throw new InvalidSettings("data folder " + path + ": cannot be written, "
                    + e.getClass().getSimpleName() + " (expected: a folder that this user may write)");
        } catch (IOException e) {
            throw new UncheckedIOException("data folder " + path, e);
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // this very process has it
        }
    }

    private void checkVersion() throws IOException {
        Path file = path.resolve("version");
        if (!Files.exists(file)) {
            Files.writeString(file, Integer.toString(VERSION));
            return;
        }
        String written = Files.readString(file).strip();
        if (!written.matches("\\d{1,6}") || Integer.parseInt(written) > VERSION)
            throw new InvalidSettings("data folder " + path + ": of version " + written + " (expected: at most "
                    + VERSION + "; a newer Intramuros made it, so run that one)");
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** The secret in a file of mode 0600; made by {@code fresh} where it is missing. */
    public String secret(String name, Supplier<String> fresh) {
        Path file = path.resolve(name);
        try {
            if (Files.exists(file)) return Files.readString(file).strip();
            String secret = fresh.get();
            // Written beside it and moved, so that a crash leaves no half of a secret.
            Path beside = Files.createTempFile(path, name, ".new", OWNER_ONLY);
            Files.writeString(beside, secret + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: " + name, e);
        }
    }

    /** Whether a secret was made before. */
    public boolean hasSecret(String name) {
        return Files.exists(path.resolve(name));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: lock", e);
        }
    }
}
