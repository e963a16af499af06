// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Some starts of a log on one disk, each ended by a power cut or a kill at a moment that a seed chooses. */
final class CrashSchedule {
    private static final int STARTS = 4;
    private static final String FAILED = "Input/output error";

    private final Random chance;
    private final double failures;
    private final Path root;
    private final Path folder;
    private final AuditSettings settings;
    private final SimulatedDisk disk;
    private final Disk used;
    private final List<String> acknowledged = new ArrayList<>();
    private int next;

    /**
     * A schedule.
     *
     * @param failures the share of writes and forces that fail
     * @param mutant what the writer does to the disk
     */
    CrashSchedule(Path folder, Random chance, double failures, UnaryOperator<Disk> mutant) {
        this(folder, Logs.rarelySigned(folder, 5_000), chance, failures, mutant);
    }

    private CrashSchedule(
            Path root, AuditSettings settings, Random chance, double failures, UnaryOperator<Disk> mutant) {
        this.chance = chance;
        this.failures = failures;
        this.root = root;
        this.folder = settings.folder();
        this.settings = settings;
        this.disk = new SimulatedDisk(root, chance);
        this.used = mutant.apply(disk);
    }

    /** One with a second volume, to which the log goes with the first failure; both lose power together. */
    static CrashSchedule onTwoVolumes(Path root, Random chance, double failures) {
        AuditSettings settings = Logs.rarelySigned(root.resolve("one"), 5_000).second(root.resolve("two"));
        return new CrashSchedule(root, settings, chance, failures, disk -> disk);
    }

    /** Runs it, and says how many records were acknowledged, all of which are there. */
    int run() throws IOException {
        Files.createDirectories(folder);
        if (!root.equals(folder)) {
            Files.createDirectories(root.resolve("two"));
            disk.forceFolder(root);
        }
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
        writer.append(List.of(Draft.of(Logs.admitted("last"))));
        writer.sign();
        writer.close();
        Verify.Report report = Logs.verify(folder);
        assertThat(report.verdict()).as("%s %s", folder, report).isEqualTo(Verify.Verdict.OK);
        Logs.delete(root);
        return acknowledged.size();
    }

    private void work() throws IOException {
        LogWriter writer;
        try {
            writer = open();
        } catch (IOException e) {
            if (FAILED.equals(e.getMessage())) return; // this start failed; there will be others
            throw e;
        }
        while (true) {
            List<Draft> batch = new ArrayList<>();
            for (int i = chance.nextInt(6); i >= 0; i--) batch.add(Draft.of(Logs.admitted("r" + next++)));
            try {
                acknowledge(writer.append(batch), batch.size());
                if (chance.nextInt(12) == 0) writer.sign();
            } catch (IOException e) {
                assertThat(e).hasMessage(FAILED);
            }
        }
    }

    /** An empty name is one whose caller got no answer. */
    private void acknowledge(long index, int count) {
        assertThat(index).isGreaterThanOrEqualTo(acknowledged.size());
        while (acknowledged.size() < index) acknowledged.add("");
        for (int i = next - count; i < next; i++) acknowledged.add("r" + i);
    }

    /** Opens the log and holds it against what was acknowledged. */
    private LogWriter open() throws IOException {
        List<AuditEntry> found = new ArrayList<>();
        LogWriter writer = Logs.started(settings, used, found);
        assertThat(found).as("%s", folder).hasSizeGreaterThanOrEqualTo(acknowledged.size());
        for (int i = 0; i < acknowledged.size(); i++) {
            if (!acknowledged.get(i).isEmpty())
                assertThat(found.get(i).text("id")).isEqualTo(acknowledged.get(i));
        }
        return writer;
    }
}
