// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Disk space set aside for the records that end what has begun: a file of zeros, given up when a write fails. For the
 * thread that writes.
 */
final class Reserve {
    private static final int CHUNK = 1 << 16;

    private final AuditSettings settings;
    private final Disk disk;
    private final Path file;

    Reserve(AuditSettings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
        this.file = settings.folder().resolve("reserve");
    }

    /** Makes the file, where there is room for it and it is not there. */
    void fill() throws IOException {
        long wanted = settings.reserveBytes();
        if (wanted == 0 || Files.exists(file)) return;
        if (disk.free(settings.folder()) < settings.lowWaterBytes() + wanted) return;
        try (Disk.Output out = disk.append(file)) {
            ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
            for (long at = 0; at < wanted; at += CHUNK)
                out.write(zeros.clear().limit((int) Math.min(CHUNK, wanted - at)));
            out.force();
        } catch (IOException e) {
            release(e);
            throw e;
        }
    }

    /** Gives the space up; a failure to do so is added to the reason. */
    void release(IOException why) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
