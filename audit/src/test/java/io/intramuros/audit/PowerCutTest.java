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

/** Power cuts, failing writes and a full disk, at moments that a seed chooses; {@code -Daudit.schedules=N} tries more. */
class PowerCutTest {
    private static final int SCHEDULES = Integer.getInteger("audit.schedules", 25);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.2})
    void append_powerCuts_nothingAcknowledgedIsLost(double failures) throws Exception {
        long kept = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Path folder = temporary.resolve(seed + "-" + failures);
            kept += new CrashSchedule(folder, new Random(seed), failures, disk -> disk).run();
        }
        System.out.println(SCHEDULES + " schedules, " + failures + " failing: " + kept + " acknowledged, 0 lost");

        assertThat(kept).isGreaterThan(SCHEDULES * 5L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1})
    void append_powerCutsOnTwoVolumes_nothingAcknowledgedIsLost(double failures) throws Exception {
        long kept = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Path root = temporary.resolve("two" + seed + "-" + failures);
            kept += CrashSchedule.onTwoVolumes(root, new Random(seed), failures).run();
        }
        System.out.println(
                SCHEDULES + " schedules on two volumes, " + failures + " failing: " + kept + " acknowledged, 0 lost");

        assertThat(kept).isGreaterThan(SCHEDULES * 5L);
    }

    @Test
    void append_diskFull_refusesAndGoesOnWhenThereIsRoom() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("log"));
        SimulatedDisk disk = new SimulatedDisk(folder, new Random(1));
        LogWriter writer = Logs.started(folder, disk, new ArrayList<>());
        assertThat(writer.append(draft(Logs.admitted("r1")))).isZero();
        disk.full(true);
        for (int i = 0; i < 5; i++)
            assertThatThrownBy(() -> writer.append(draft(Logs.admitted("r2"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space");
        disk.full(false);

        assertThat(writer.append(draft(Logs.completed("r1")))).isEqualTo(1);
        writer.sign();
        writer.close();
        assertThat(Logs.read(folder)).extracting(entry -> entry.text("id")).containsExactly("r1", "r1");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    private static List<Draft> draft(AuditRecord record) {
        return List.of(Draft.of(record));
    }
}
