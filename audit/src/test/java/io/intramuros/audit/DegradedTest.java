// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, fails or stands still, under a log that goes on. */
class DegradedTest {
    private final SteeredDisk disk = new SteeredDisk();

    @TempDir
    Path folder;

    private AuditSettings settings() {
        return AuditSettings.of(folder, Logs.KEY)
                .timed(Duration.ofSeconds(20), Duration.ofMillis(5))
                .sized(1 << 20, 0, 100_000);
    }

    private static boolean isSegment(Path file) {
        return file.toString().contains("seg");
    }

    @Test
    void append_diskFull_endsFromTheReserveAndAdmitsNothing() throws Exception {
        Path reserve = folder.resolve("reserve");
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            log.append(Logs.admitted("r1"));
            assertThat(Files.size(reserve)).isEqualTo(100_000);
            disk.full(file -> isSegment(file) && Files.exists(reserve));

            assertThat(log.append(Logs.completed("r1")).index()).isEqualTo(3);
        }
        assertThat(Logs.read(folder))
                .extracting(entry -> entry.text("type"))
                .containsExactly(
                        "system.start", "request.admitted", "audit.degraded", "request.completed", "system.stop");
        assertThat(Logs.read(folder).get(2).number("failures")).isEqualTo(1);
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_diskFullForGood_refusesBothAndRecoversWithTheDisk() throws Exception {
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            log.append(Logs.admitted("r1"));
            disk.full(DegradedTest::isSegment);
            for (AuditRecord record : new AuditRecord[] {Logs.completed("r1"), Logs.admitted("r2")})
                assertThatThrownBy(() -> log.append(record)).isInstanceOf(AuditUnavailableException.class);
            disk.full(_ -> false);

            assertThat(log.append(Logs.completed("r1")).index()).isEqualTo(3);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_signingStandsStill_goesOn() throws Exception {
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            disk.shut(
                    file -> file.toString().contains("tile") || file.toString().contains("checkpoint"));
            try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Receipt> last = other.submit(() -> {
                    for (int i = 0; i < 50; i++) log.append(Logs.admitted("r" + i));
                    return log.append(Logs.completed("r0"));
                });
                assertThat(last.get().index()).isEqualTo(51);
            } finally {
                disk.open();
            }
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_writerStandsStill_refusesAfterTheWaitAndWritesNothingLater() throws Exception {
        AuditSettings impatient = settings().timed(Duration.ofMillis(50), Duration.ofHours(1));
        AuditLog log = AuditLog.open(impatient.sized(512, 0, 0), disk);
        disk.shut(DegradedTest::isSegment);
        assertThatThrownBy(() -> log.append(Logs.admitted("r1")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("not durable within PT0.05S");
        assertThatThrownBy(() -> log.append(Logs.admitted("r2"))).isInstanceOf(AuditUnavailableException.class);
        disk.open();
        log.close();

        assertThat(Logs.read(folder)).extracting(entry -> entry.text("id")).doesNotContain("r2");
    }

    @Test
    void open_noRoomForTheReserve_goesWithout() throws Exception {
        AuditSettings huge = settings().sized(1 << 20, 1L << 40, 1L << 30);
        try (AuditLog log = AuditLog.open(huge, disk)) {
            assertThat(Files.exists(folder.resolve("reserve"))).isFalse();
            assertThat(log.append(Logs.completed("r0")).index()).isEqualTo(1);
        }
    }
}
