// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real disks that are really full, or that may not be written: a tmpfs of 1 MiB for each trial, which needs root and is
 * skipped, with a line that says so, where it cannot be mounted. {@code -Daudit.fullDisks=N} tries more.
 */
class FullDiskTest {
    private static final int TRIALS = Integer.getInteger("audit.fullDisks", 2);

    @TempDir
    Path root;

    private Path mount;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mount = Files.createDirectory(root.resolve("small"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString());
        if (!mounted) System.out.println("FullDiskTest: skipped, since no tmpfs can be mounted here (it needs root)");
        assumeTrue(mounted, "no tmpfs can be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) assertThat(run("umount", mount.toString())).isTrue();
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false; // there is no such program
        }
    }

    private AuditSettings settings(Path folder) {
        return AuditSettings.of(folder, Logs.KEY)
                .timed(Duration.ofSeconds(5), Duration.ofMillis(20))
                .sized(100_000, 0, 100_000);
    }

    private static List<String> fill(AuditLog log) {
        List<String> acknowledged = new ArrayList<>();
        try {
            for (int i = 0; i < 20_000; i++) {
                log.append(Logs.admitted("r" + i));
                acknowledged.add("r" + i);
            }
        } catch (AuditUnavailableException _) {
            return acknowledged;
        }
        throw new AssertionError("20000 records within a megabyte");
    }

    @Test
    void append_untilTheDiskIsFull_losesNothingAcknowledgedAndRefusesTheRest() throws Exception {
        for (int trial = 0; trial < TRIALS; trial++) {
            Path folder = mount.resolve("log" + trial);
            List<String> acknowledged;
            AuditLog log = AuditLog.open(settings(folder));
            acknowledged = fill(log);
            log.append(Logs.completed("r0")); // from the reserve
            assertThatThrownBy(() -> log.append(Logs.admitted("more"))).isInstanceOf(AuditUnavailableException.class);
            closeOnFull(log);

            assertThat(acknowledged).hasSizeGreaterThan(500);
            assertThat(Logs.verify(folder).verdict()).isIn(Verify.Verdict.OK, Verify.Verdict.UNSIGNED_TAIL);
            assertThat(Logs.read(folder))
                    .filteredOn(entry -> entry.type().equals("request.admitted"))
                    .extracting(entry -> entry.text("id"))
                    .startsWith(acknowledged.toArray(String[]::new));
            Logs.delete(folder);
        }
        System.out.println(TRIALS + " full disks, 0 acknowledged records lost");
    }

    /** A disk without a byte left may not even take the tiles of the last checkpoint, and that is said. */
    private static void closeOnFull(AuditLog log) {
        try {
            log.close();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void append_fullDiskWithASecondVolume_goesOn() throws Exception {
        Path folder = mount.resolve("log");
        try (AuditLog log = AuditLog.open(settings(folder).second(root.resolve("roomy")))) {
            for (int i = 0; i < 4_000; i++) log.append(Logs.admitted("r" + i));
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Logs.read(folder))
                .filteredOn(entry -> entry.type().equals("request.admitted"))
                .hasSize(4_000);
        assertThat(Segments.list(root.resolve("roomy"))).isNotEmpty();
    }

    @Test
    void append_mountedReadOnlyMeanwhile_refusesWithinTheWait() throws Exception {
        Path folder = mount.resolve("log");
        AuditLog log = AuditLog.open(settings(folder).sized(600, 0, 0));
        log.append(Logs.admitted("r0"));
        // a file that is open for writing keeps its mount writable for others; the next segment needs a new one
        boolean readOnly = run("mount", "-o", "remount,ro", mount.toString());
        if (readOnly) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) log.append(Logs.admitted("more"));
                    })
                    .isInstanceOf(AuditUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
            assertThat(run("mount", "-o", "remount,rw", mount.toString())).isTrue();
        }
        log.close();
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void open_readOnlyDisk_saysWhichAndStartsNothing() throws Exception {
        Path folder = mount.resolve("log");
        Logs.write(settings(folder), 3);
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();

        assertThatThrownBy(() -> AuditLog.open(settings(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(new String(Files.readAllBytes(folder.resolve("checkpoint")), StandardCharsets.UTF_8))
                .startsWith(Logs.KEY.name());
    }
}
