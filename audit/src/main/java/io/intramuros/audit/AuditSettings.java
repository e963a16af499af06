// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How a log is kept.
 *
 * @param folder where
 * @param key its name and signing key
 * @param earlier keys that it was signed with before, newest first; a log that one of them signed is taken up and signed
 *     with {@code key} from then on
 * @param maxWait how long {@link AuditLog#append} waits, 1 ms to 1 min
 * @param segmentBytes the size at which a segment is closed, 512 bytes to 4 GiB
 * @param checkpointEvery how often the log is signed while it grows, 1 ms to 1 h
 * @param lowWaterBytes the free space below which no request is admitted, 0 to 1 TiB; {@link Long#MAX_VALUE} admits none
 * @param reserveBytes the space set aside for endings on a full disk, 0 to 1 GiB
 * @param second a folder on another volume, on which the log goes on when it cannot be written in its own
 */
public record AuditSettings(
        Path folder,
        LogKey key,
        List<VerifierKey> earlier,
        Duration maxWait,
        long segmentBytes,
        Duration checkpointEvery,
        long lowWaterBytes,
        long reserveBytes,
        InstantSource clock,
        Optional<Path> second) {
    private static final long MIB = 1L << 20;

    public AuditSettings {
        earlier = List.copyOf(earlier);
        within("maxWait", maxWait, Duration.ofMinutes(1));
        within("checkpointEvery", checkpointEvery, Duration.ofHours(1));
        within("segmentBytes", segmentBytes, 512, 4_096 * MIB);
        if (lowWaterBytes != Long.MAX_VALUE) within("lowWaterBytes", lowWaterBytes, 0, MIB * MIB);
        within("reserveBytes", reserveBytes, 0, 1_024 * MIB);
        for (VerifierKey before : earlier)
            if (!before.name().equals(key.name()))
                throw new IllegalArgumentException("earlier: a key of another log (expected: the log's own name)");
    }

    private static void within(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0)
            throw new IllegalArgumentException(name + ": " + value + " (expected: PT0.001S to " + most + ")");
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }

    /** The settings that suit most, for a folder and a key. */
    public static AuditSettings of(Path folder, LogKey key) {
        return new AuditSettings(
                folder,
                key,
                List.of(),
                Duration.ofSeconds(2),
                256 * MIB,
                Duration.ofSeconds(1),
                64 * MIB,
                4 * MIB,
                InstantSource.system(),
                Optional.empty());
    }

    /** The same, taking up a log that these keys signed. */
    public AuditSettings after(List<VerifierKey> keys) {
        return new AuditSettings(
                folder, key, keys, maxWait, segmentBytes, checkpointEvery, lowWaterBytes, reserveBytes, clock, second);
    }

    /** The same, with other times. */
    public AuditSettings timed(Duration wait, Duration checkpoints) {
        return new AuditSettings(
                folder, key, earlier, wait, segmentBytes, checkpoints, lowWaterBytes, reserveBytes, clock, second);
    }

    /** The same, with other sizes. */
    public AuditSettings sized(long segment, long lowWater, long reserve) {
        return new AuditSettings(
                folder, key, earlier, maxWait, segment, checkpointEvery, lowWater, reserve, clock, second);
    }

    /** The same, by another clock. */
    public AuditSettings by(InstantSource other) {
        return new AuditSettings(
                folder,
                key,
                earlier,
                maxWait,
                segmentBytes,
                checkpointEvery,
                lowWaterBytes,
                reserveBytes,
                other,
                second);
    }

    /** The same, with a folder on another volume to go on in. */
    public AuditSettings second(Path folderOnAnother) {
        return new AuditSettings(
                folder,
                key,
                earlier,
                maxWait,
                segmentBytes,
                checkpointEvery,
                lowWaterBytes,
                reserveBytes,
                clock,
                Optional.of(folderOnAnother));
    }

    /** All keys that a checkpoint of this log may be signed with. */
    VerifierKey verifier() {
        return key.verifier().or(earlier);
    }

    /** What stands in the file {@code vkey}. */
    String vkeyFile() {
        return verifier() + "\n";
    }
}
