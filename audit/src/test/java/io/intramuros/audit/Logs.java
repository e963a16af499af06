// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Logs for tests. */
final class Logs {
    static final LogKey KEY = key("audit.example.com/gw-0", 1);
    static final Instant NOW = Instant.parse("2026-03-05T12:00:00.123456Z");

    private Logs() {}

    static LogKey key(String name, long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return LogKey.of(name, bytes);
    }

    static AuditSettings settings(Path folder) {
        return AuditSettings.of(folder, KEY).sized(256L << 20, 64L << 20, 0);
    }

    /** Signs only when it is opened, closed or turned to a new segment. */
    static AuditSettings rarelySigned(Path folder, long segmentBytes) {
        return AuditSettings.of(folder, KEY)
                .timed(Duration.ofSeconds(20), Duration.ofHours(1))
                .sized(segmentBytes, 0, 0)
                .by(InstantSource.fixed(NOW));
    }

    static AuditRecord admitted(String id) {
        return AuditRecord.of("request.admitted")
                .id(id)
                .team("payments")
                .model("m", "m-1")
                .build();
    }

    static AuditRecord completed(String id) {
        return AuditRecord.of("request.completed")
                .id(id)
                .team("payments")
                .outcome("ok")
                .http(200)
                .build();
    }

    /** A closed log of {@code requests} requests, with two records each. */
    static void write(AuditSettings settings, int requests) throws IOException, AuditUnavailableException {
        try (AuditLog log = AuditLog.open(settings)) {
            for (int i = 0; i < requests; i++) {
                log.append(admitted("r" + i));
                log.append(completed("r" + i));
            }
        }
    }

    /** A writer without its threads, on any disk. */
    static LogWriter started(Path folder, Disk disk, List<AuditEntry> found) throws IOException {
        return started(rarelySigned(folder, 5_000), disk, found);
    }

    static LogWriter started(AuditSettings settings, Disk disk, List<AuditEntry> found) throws IOException {
        Volumes volumes = Volumes.open(settings, disk);
        boolean known = !Segments.list(settings.folder()).isEmpty();
        LogState state = LogState.read(settings, volumes, disk, LogState.signed(settings), found::add);
        LogWriter writer = LogWriter.open(settings, disk, state);
        if (!known) writer.sign();
        return writer;
    }

    /** A closed log of records that {@code of} makes of their index, written in few batches and signed. */
    static void fill(AuditSettings settings, int count, IntFunction<AuditRecord> of) throws IOException {
        LogState state = LogState.read(
                settings, Volumes.open(settings, Disk.REAL), Disk.REAL, LogState.signed(settings), _ -> {});
        long before = state.tree().size();
        LogWriter writer = LogWriter.open(settings, Disk.REAL, state);
        writer.publishKey();
        if (before == 0) writer.sign();
        writer.ending();
        for (int from = 0; from < count; from += 500) {
            List<Draft> batch = IntStream.range(from, Math.min(count, from + 500))
                    .mapToObj(i -> Draft.of(of.apply((int) before + i)))
                    .toList();
            writer.append(batch);
            if (writer.publisher().waitingBytes() > 32L << 20) writer.sign();
        }
        writer.sign();
        writer.close();
    }

    static List<AuditEntry> read(Path folder) throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        LogReading.of(folder).each(entries::add);
        return entries;
    }

    static Verify.Report verify(Path folder) throws IOException {
        return Verify.log(folder, KEY.verifier(), null);
    }

    /** The files that make up the evidence. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            !List.of("lock", "vkey").contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
