// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose volume fails under it, and that has another one to go to. */
class SecondVolumeTest {
    private final SteeredDisk disk = new SteeredDisk();

    @TempDir
    Path root;

    private Path folder;
    private Path second;

    @BeforeEach
    void folders() {
        folder = root.resolve("log");
        second = root.resolve("other/log");
    }

    private AuditSettings settings() {
        return AuditSettings.of(folder, Logs.KEY)
                .timed(Duration.ofSeconds(20), Duration.ofMillis(5))
                .sized(2_000, 0, 0)
                .second(second);
    }

    private boolean isOnFirst(Path file) {
        return file.startsWith(folder);
    }

    /** A log that has gone to its second volume after 300 requests, and has 300 more there. */
    private void moved() throws Exception {
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            for (int i = 0; i < 300; i++) log.append(Logs.admitted("r" + i));
            disk.full(this::isOnFirst);
            for (int i = 0; i < 300; i++) log.append(Logs.completed("r" + i));
        }
    }

    @Test
    void append_firstVolumeFull_goesOnOnTheSecondWithoutARefusal() throws Exception {
        moved();

        assertThat(Segments.list(second)).isNotEmpty();
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        List<AuditEntry> entries = Logs.read(folder);
        assertThat(entries)
                .filteredOn(entry -> entry.type().equals("request.completed"))
                .hasSize(300);
        assertThat(entries)
                .filteredOn(entry -> entry.type().equals("audit.degraded"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.text("because")).isEqualTo("it goes on on its second volume"));
        assertThat(entries.getLast().type()).isEqualTo("system.stop");
        assertThat(LogReading.of(folder)
                        .search(new RecordQuery(
                                Instant.MIN, Instant.MAX, "", "", "request.completed", "", "", 1_000, 0))
                        .records())
                .hasSize(300);
    }

    @Test
    void open_afterItMoved_staysThereWhateverTheFirstCanDo() throws Exception {
        moved();
        disk.full(_ -> false);
        List<Path> before = Segments.list(second);

        try (AuditLog log = AuditLog.open(settings().second(second), disk)) {
            log.append(Logs.admitted("later"));
            assertThat(log.prove(0).index()).isZero();
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            log.export(RecordQuery.all(1), List.of(), zip);
            Path taken = Files.write(root.resolve("taken.zip"), zip.toByteArray());
            assertThat(BundleCheck.verify(taken, List.of(Logs.KEY.verifier())).verdict())
                    .isEqualTo(Verify.Verdict.OK);
        }

        assertThat(Segments.list(second).size()).isGreaterThanOrEqualTo(before.size());
        assertThat(Logs.read(folder)).extracting(entry -> entry.text("id")).contains("later");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void open_secondVolumeNotMounted_refusesRatherThanForgets() throws Exception {
        moved();
        disk.full(_ -> false);
        Path away = Files.move(second, root.resolve("away"));
        Files.createDirectories(second); // the mount point is there, and empty

        assertThatThrownBy(() -> AuditLog.open(settings(), disk))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("second volume is not where");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.INCOMPLETE);

        Files.delete(second);
        Files.move(away, second);
        AuditLog.open(AuditSettings.of(folder, Logs.KEY), disk).close(); // found by the link alone
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void open_secondVolumeOfAnotherLog_refuses() throws Exception {
        AuditLog.open(settings(), disk).close();
        AuditSettings other = AuditSettings.of(root.resolve("log2"), Logs.key("audit.example.com/gw-1", 2));

        assertThatThrownBy(() -> AuditLog.open(other.second(second), disk)).hasMessageContaining("another log's");
    }

    @Test
    void open_anotherSecondVolumeThanBefore_refuses() throws Exception {
        AuditLog.open(settings(), disk).close();
        Files.createDirectories(root.resolve("third"));

        assertThatThrownBy(() -> AuditLog.open(settings().second(root.resolve("third")), disk))
                .hasMessageContaining("configured as it was");
    }

    @Test
    void append_bothVolumesFull_refusesAndGoesOnWhenThereIsRoom() throws Exception {
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            log.append(Logs.admitted("r1"));
            disk.full(_ -> true);
            assertThatThrownBy(() -> log.append(Logs.admitted("r2"))).isInstanceOf(AuditUnavailableException.class);
            disk.full(_ -> false);
            log.append(Logs.completed("r1"));
        }
        assertThat(Logs.read(folder))
                .extracting(AuditEntry::type)
                .filteredOn(type -> type.startsWith("request."))
                .containsExactly("request.admitted", "request.completed");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void sign_checkpointsCannotBeWrittenOnTheFirst_movesToo() throws Exception {
        try (AuditLog log = AuditLog.open(settings(), disk)) {
            log.append(Logs.admitted("r1"));
            disk.full(file -> isOnFirst(file) && !file.toString().contains(Segments.FOLDER));
            log.append(Logs.completed("r1"));
            log.prove(1); // signs, which the first volume does not take
            log.append(Logs.admitted("r2"));
            disk.full(_ -> false);
        }
        assertThat(Files.exists(second.resolve("checkpoint"))).isTrue();
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void prune_afterItMoved_takesOldSegmentsOfBothVolumes() throws Exception {
        moved();
        disk.full(_ -> false);
        int before = Segments.list(folder).size();
        Instant later = Instant.now().plus(Duration.ofDays(500));
        try (AuditLog log = AuditLog.open(settings().by(() -> later), disk)) {
            log.append(Logs.admitted("new"));
            assertThat(log.prune(new Retention(Retention.USUAL, java.util.Map.of(), java.util.Set.of()), "ana"))
                    .isGreaterThan(2);
        }
        assertThat(Segments.list(folder).size()).isLessThan(before);
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        AuditLog.open(settings().by(() -> later), disk).close();
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }
}
