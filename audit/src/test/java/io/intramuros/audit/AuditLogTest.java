// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static io.intramuros.audit.Logs.admitted;
import static io.intramuros.audit.Logs.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path folder;

    @Test
    void append_oneRecord_isVisibleAtOnce() throws Exception {
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            Receipt receipt = log.append(admitted("r1"));

            assertThat(receipt.index()).isEqualTo(1);
            assertThat(log.checkpoint().size()).isEqualTo(2);
            AuditEntry entry = log.search(RecordQuery.all(10)).records().get(1);
            assertThat(entry.text("id")).isEqualTo("r1");
            assertThat(entry.text("model.served")).isEqualTo("m-1");
            assertThat(entry.number("idx")).isEqualTo(1);
            assertThat(Duration.between(entry.time(), Instant.now())).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void append_openedAnew_continuesTheLog() throws Exception {
        Logs.write(Logs.settings(folder), 2);
        Logs.write(Logs.settings(folder), 1);

        assertThat(Logs.read(folder).stream().map(entry -> entry.text("type")).toList())
                .containsExactly(
                        "system.start",
                        "request.admitted",
                        "request.completed",
                        "request.admitted",
                        "request.completed",
                        "system.stop",
                        "system.start",
                        "request.admitted",
                        "request.completed",
                        "system.stop");
        assertThat(Logs.read(folder).get(6).text("continued")).isEqualTo("yes");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_manyThreads_givesEachItsOwnIndexWithoutGaps() throws Exception {
        List<Long> indexes = new ArrayList<>();
        try (AuditLog log = AuditLog.open(Logs.settings(folder));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Long>> caller = () -> {
                List<Long> own = new ArrayList<>();
                for (int i = 0; i < 40; i++)
                    own.add(log.append(admitted(Thread.currentThread().threadId() + "-" + i))
                            .index());
                return own;
            };
            List<Future<List<Long>>> running = LongStream.range(0, 64)
                    .mapToObj(_ -> threads.submit(caller))
                    .toList();
            for (Future<List<Long>> one : running) {
                assertThat(one.get()).isSorted();
                indexes.addAll(one.get());
            }
        }

        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 64 * 40).boxed().toList());
        List<AuditEntry> entries = Logs.read(folder);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).index()).isEqualTo(i);
            assertThat(entries.get(i).number("idx")).isEqualTo(i);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_clockThatGoesBack_keepsTimesInOrder() throws Exception {
        AuditSettings later = Logs.rarelySigned(folder, 1 << 20);
        Logs.write(later, 1);
        InstantSource earlier = InstantSource.fixed(Logs.NOW.minusSeconds(3600));
        Logs.write(Logs.rarelySigned(folder, 1 << 20).by(earlier), 1);

        assertThat(Logs.read(folder)).extracting(AuditEntry::time).containsOnly(Logs.NOW);
    }

    @Test
    void append_afterClose_isRefused() throws Exception {
        AuditLog log = AuditLog.open(Logs.settings(folder));
        log.close();
        log.close();

        assertThatThrownBy(() -> log.append(admitted("r1")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void append_largeRecord_isRefusedAndLeavesTheLogAsItWas() throws Exception {
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            AuditRecord large =
                    AuditRecord.of("admin.note").with("text", "x".repeat(5_000)).build();

            assertThatThrownBy(() -> log.append(large))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("4 KiB");
            assertThat(log.append(admitted("r1")).index()).isEqualTo(1);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void append_diskNearlyFull_admitsNothingAndRecordsEndings() throws Exception {
        AuditSettings low = Logs.settings(folder).sized(1 << 20, Long.MAX_VALUE, 0);
        try (AuditLog log = AuditLog.open(low)) {
            assertThatThrownBy(() -> log.append(admitted("r1")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("nearly full");
            assertThat(log.append(completed("r0")).index()).isEqualTo(1);
        }
    }

    @Test
    void append_whileOthersRead_neverShowsThemAFault() throws Exception {
        AuditSettings small = Logs.settings(folder)
                .timed(Duration.ofSeconds(20), Duration.ofMillis(5))
                .sized(8_000, 0, 0);
        try (AuditLog log = AuditLog.open(small);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> writing = threads.submit(() -> {
                for (int i = 0; i < 200; i++) log.append(i % 2 == 0 ? admitted("r" + i) : completed("r" + (i - 1)));
                return null;
            });
            while (!writing.isDone()) {
                long known = log.checkpoint().size();
                assertThat(Logs.read(folder)).hasSizeGreaterThanOrEqualTo((int) known);
                assertThat(Logs.verify(folder).verdict()).isIn(Verify.Verdict.OK, Verify.Verdict.UNSIGNED_TAIL);
            }
            writing.get();
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void open_folderInUse_isRefusedAndDisturbsNobody() throws Exception {
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            for (int i = 0; i < 2; i++)
                assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("this process has it (expected: one writer)");
            assertThat(ChildWriter.start(folder, 1).firstLine()).contains("another process has it");
            assertThat(log.append(admitted("r1")).index()).isEqualTo(1);
        }
        AuditLog.open(Logs.settings(folder)).close();
    }

    @Test
    void open_otherKey_isRefusedAndLeavesThePublicKey() throws Exception {
        Logs.write(Logs.settings(folder), 1);

        assertThatThrownBy(() -> AuditLog.open(AuditSettings.of(folder, Logs.key(Logs.KEY.name(), 2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another key");
        assertThat(Files.readString(folder.resolve("vkey"))).isEqualTo(Logs.KEY.verifier() + "\n");
    }

    @Test
    void open_checkpointTakenAway_isRefused() throws Exception {
        Logs.write(Logs.settings(folder), 1);
        Files.delete(folder.resolve("checkpoint"));

        assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no checkpoint");
    }

    @Test
    void open_historyWrittenAnew_isRefused(@TempDir Path other) throws Exception {
        Logs.write(Logs.settings(folder), 1);
        Logs.write(Logs.settings(other), 5);
        Logs.delete(Segments.folder(folder));
        Logs.copy(Segments.folder(other), Segments.folder(folder));

        assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not hash to its checkpoint");
    }

    @Test
    void open_segmentsTakenAway_isRefused() throws Exception {
        Logs.write(Logs.settings(folder), 1);
        Logs.delete(Segments.folder(folder));

        assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("records are missing");
    }

    @Test
    void search_filtersAndCursor_givePages() throws Exception {
        Logs.write(Logs.settings(folder), 5);
        RecordQuery ended = new RecordQuery(Instant.MIN, Instant.MAX, "payments", "", "request.completed", "ok", 2, 0);

        RecordPage first = LogReading.of(folder).search(ended);
        RecordPage last = LogReading.of(folder)
                .search(new RecordQuery(
                        Instant.MIN,
                        Instant.MAX,
                        "payments",
                        "",
                        "request.completed",
                        "ok",
                        9,
                        first.next().orElseThrow()));

        assertThat(first.records()).extracting(entry -> entry.text("id")).containsExactly("r0", "r1");
        assertThat(last.records()).extracting(entry -> entry.text("id")).containsExactly("r2", "r3", "r4");
        assertThat(last.next()).isEmpty();
        assertThat(LogReading.of(folder)
                        .search(new RecordQuery(Instant.MIN, Instant.MAX, "fraud", "", "", "", 9, 0))
                        .records())
                .isEmpty();
    }

    @Test
    void replay_sinceAMoment_leavesOutWhatWasBefore() throws Exception {
        Logs.write(Logs.rarelySigned(folder, 1 << 20), 3);
        List<AuditEntry> replayed = new ArrayList<>();
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            log.append(admitted("new"));
            log.replay(Logs.NOW.plusSeconds(1), replayed::add);
        }

        assertThat(replayed)
                .extracting(entry -> entry.text("type"))
                .containsExactly("system.start", "request.admitted");
    }
}
