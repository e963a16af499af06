// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a log is kept.
 *
 * @param folder where
 * @param key its name and signing key
 * @param maxWait how long {@link AuditLog#append} waits, 1 ms to 1 min
 * @param segmentBytes the size at which a segment is closed
 * @param checkpointEvery how often the log is signed while it grows
 * @param lowWaterBytes the free space below which no request is admitted
 */
public record AuditSettings(
        Path folder,
        LogKey key,
        Duration maxWait,
        long segmentBytes,
        Duration checkpointEvery,
        long lowWaterBytes,
        InstantSource clock) {
    /** The settings that suit most, for a folder and a key. */
    public static AuditSettings of(Path folder, LogKey key) {
        return new AuditSettings(
                folder,
                key,
                Duration.ofSeconds(2),
                256L << 20,
                Duration.ofSeconds(1),
                64L << 20,
                InstantSource.system());
    }
}
