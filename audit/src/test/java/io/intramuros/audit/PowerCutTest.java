// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power cuts, failing writes and a full disk, at moments that a seed chooses. */
class PowerCutTest {
    private static final int SCHEDULES = 30;
    private static final int STARTS = 4;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.2})
    void append_powerCuts_nothingAcknowledgedIsLost(double failures) throws Exception {
        int kept = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) kept += new Schedule(seed, failures).run();

        assertThat(kept).isGreaterThan(SCHEDULES * 5);
    }

    @Test
    void append_diskFull_refusesAndGoesOnWhenThereIsRoom() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("log"));
        SimulatedDisk disk = new SimulatedDisk(folder, new Random(1));
        LogWriter writer = started(folder, disk, new ArrayList<>());
        assertThat(writer.append(List.of(Logs.admitted("r1")))).isZero();
        disk.full(true);
        for (int i = 0; i < 5; i++)
            assertThatThrownBy(() -> writer.append(List.of(Logs.admitted("r2"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space");
        disk.full(false);

        assertThat(writer.append(List.of(Logs.completed("r1")))).isEqualTo(1);
        writer.sign();
        writer.close();
        assertThat(Logs.read(folder)).extracting(entry -> entry.text("id")).containsExactly("r1", "r1");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    private static LogWriter started(Path folder, SimulatedDisk disk, List<AuditEntry> found) throws IOException {
        LogWriter writer = new LogWriter(Logs.rarelySigned(folder, 5_000), disk);
        boolean known = !Segments.list(folder).isEmpty();
        Path file = folder.resolve("checkpoint");
        Checkpoint before = Checkpoint.of(Logs.KEY.name(), 0, Hashes.empty());
        if (Files.exists(file)) {
            Checkpoint.Opened opened = Checkpoint.open(Files.readAllBytes(file), Logs.KEY.verifier());
            assertThat(opened).isInstanceOf(Checkpoint.Opened.Good.class);
            before = ((Checkpoint.Opened.Good) opened).checkpoint();
        } else {
            assertThat(known).isFalse();
        }
        writer.recover(before, found::add);
        if (!known) writer.sign();
        return writer;
    }

    /** Some starts of a log on one disk, each ended by a power cut or a kill. */
    private final class Schedule {
        private final Random chance;
        private final double failures;
        private final Path folder;
        private final SimulatedDisk disk;
        private final List<String> acknowledged = new ArrayList<>();
        private int next;

        Schedule(int seed, double failures) throws IOException {
            this.chance = new Random(seed);
            this.failures = failures;
            this.folder = Files.createDirectory(temporary.resolve(seed + "-" + failures));
            this.disk = new SimulatedDisk(folder, chance);
        }

        int run() throws IOException {
            for (int start = 0; start < STARTS; start++) {
                disk.crashAfter(chance.nextInt(1 + chance.nextInt(200)));
                disk.fail(failures);
                try {
                    work();
                } catch (SimulatedDisk.Crash _) {
                    if (chance.nextInt(3) == 0) disk.goOn();
                    else disk.reboot();
                }
            }
            disk.crashAfter(Long.MAX_VALUE / 2);
            disk.fail(0);
            LogWriter writer = open();
            writer.append(List.of(Logs.admitted("last")));
            writer.sign();
            writer.close();
            Verify.Report report = Logs.verify(folder);
            assertThat(report.verdict()).as("%s %s", folder, report).isEqualTo(Verify.Verdict.OK);
            Logs.delete(folder);
            return acknowledged.size();
        }

        private void work() throws IOException {
            LogWriter writer;
            try {
                writer = open();
            } catch (IOException e) {
                if ("Input/output error".equals(e.getMessage())) return; // this start failed; there will be others
                throw e;
            }
            while (true) {
                List<AuditRecord> batch = new ArrayList<>();
                for (int i = chance.nextInt(6); i >= 0; i--) batch.add(Logs.admitted("r" + next++));
                int first = next - batch.size();
                try {
                    long index = writer.append(batch);
                    assertThat(index).isGreaterThanOrEqualTo(acknowledged.size());
                    while (acknowledged.size() < index) acknowledged.add("");
                    for (int i = 0; i < batch.size(); i++) acknowledged.add("r" + (first + i));
                    if (chance.nextInt(12) == 0) writer.sign();
                } catch (IOException e) {
                    assertThat(e).hasMessage("Input/output error");
                }
            }
        }

        /** Opens the log and holds it against what was acknowledged; an empty name is one whose caller got no answer. */
        private LogWriter open() throws IOException {
            List<AuditEntry> found = new ArrayList<>();
            LogWriter writer = started(folder, disk, found);
            assertThat(found).as("%s", folder).hasSizeGreaterThanOrEqualTo(acknowledged.size());
            for (int i = 0; i < acknowledged.size(); i++) {
                if (!acknowledged.get(i).isEmpty())
                    assertThat(found.get(i).text("id")).isEqualTo(acknowledged.get(i));
            }
            return writer;
        }
    }
}
