// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A log that loses nothing it acknowledged and that a stranger can verify. Any number of threads append; one thread
 * writes, and joins what waits into one force (group commit), so that many callers cost little more than one. Another
 * signs.
 */
public final class AuditLog implements AutoCloseable {
    private final AuditSettings settings;
    private final Appender appender;
    private final FolderLock lock;
    private final Recovery recovery;

    private AuditLog(AuditSettings settings, Appender appender, FolderLock lock, Recovery recovery) {
        this.settings = settings;
        this.appender = appender;
        this.lock = lock;
        this.recovery = recovery;
    }

    /**
     * Opens a log, or begins one. What the last process left half done is cut, and each request that it was serving gets
     * a {@code request.orphaned} record.
     *
     * @throws IOException if another process has it, it was tampered with, or it cannot be written
     */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, Disk.REAL);
    }

    static AuditLog open(AuditSettings settings, Disk disk) throws IOException {
        Path folder = settings.folder().toAbsolutePath();
        Path above = folder.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (above != null) disk.forceFolder(above);
        }
        FolderLock lock = FolderLock.of(folder);
        try {
            Start start = Start.of(settings, disk);
            Appender appender = new Appender(settings, start.writer(), new Reserve(settings, disk));
            appender.start();
            return new AuditLog(settings, appender, lock, start.recovery());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Records, and returns when the record is durable.
     *
     * @throws AuditUnavailableException if it is not, or not within the settings' wait
     */
    public Receipt append(AuditRecord record) throws AuditUnavailableException {
        return appender.append(record);
    }

    /** What this start found. */
    public Recovery recovery() {
        return recovery;
    }

    /** What the log holds now. */
    public Checkpoint checkpoint() {
        return appender.head();
    }

    /** Hands over every record from a moment on, in its order. */
    public void replay(Instant since, Consumer<AuditEntry> each) throws IOException {
        reading().each(entry -> {
            if (!entry.time().isBefore(since)) each.accept(entry);
        });
    }

    /** The records that a query asks for. */
    public RecordPage search(RecordQuery query) throws IOException {
        return reading().search(query);
    }

    /** Where the log is. */
    public Path folder() {
        return settings.folder();
    }

    private LogReading reading() {
        return LogReading.of(settings.folder());
    }

    /** Records the stop, signs, and lets the folder go. */
    @Override
    public void close() throws IOException {
        try {
            appender.close();
        } finally {
            lock.close();
        }
    }
}
