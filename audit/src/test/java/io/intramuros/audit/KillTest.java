// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a process in the middle of its work. {@code -Daudit.kills=N} tries more. What a power cut does is tried by {@link PowerCutTest}. */
class KillTest {
    @TempDir
    Path disk;

    private static IntStream trials() {
        return IntStream.range(0, Integer.getInteger("audit.kills", 2));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void open_afterKill_hasAllThatWasAcknowledgedAndNamesTheOrphans(int trial) throws Exception {
        Path folder = disk.resolve("log" + trial);
        List<String> acknowledged = new ArrayList<>();
        try (ChildWriter child = ChildWriter.start(folder, 8)) {
            while (acknowledged.size() < 400) acknowledged.add(child.line());
            child.kill();
            for (String line = child.line(); line != null; line = child.line()) acknowledged.add(line);
        }
        if (!acknowledged.getLast().matches("\\d+ (begun|ended) t\\d+-\\d+")) acknowledged.removeLast();

        assertThat(Logs.verify(folder).verdict()).isIn(Verify.Verdict.OK, Verify.Verdict.UNSIGNED_TAIL);
        Set<String> running;
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            List<AuditEntry> entries = Logs.read(folder);
            assertThat(acknowledged).allSatisfy(line -> {
                String[] words = line.split(" ", 3);
                AuditEntry entry = entries.get(Integer.parseInt(words[0]));
                assertThat(entry.text("id")).isEqualTo(words[2]);
                assertThat(entry.text("type"))
                        .isEqualTo(words[1].equals("begun") ? "request.admitted" : "request.completed");
            });
            running = running(entries);
            assertThat(log.recovery().orphans()).containsExactlyElementsOf(running);
            assertThat(orphaned(entries)).containsExactlyElementsOf(running);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        try (AuditLog again = AuditLog.open(Logs.settings(folder))) {
            assertThat(again.recovery()).isEqualTo(new Recovery(0, List.of()));
        }
    }

    private static Set<String> running(List<AuditEntry> entries) {
        Set<String> running = new LinkedHashSet<>();
        for (AuditEntry entry : entries) {
            if (entry.text("type").equals("request.admitted")) running.add(entry.text("id"));
            if (entry.text("type").equals("request.completed")) running.remove(entry.text("id"));
        }
        return running;
    }

    private static List<String> orphaned(List<AuditEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.text("type").equals("request.orphaned"))
                .map(entry -> entry.text("id"))
                .toList();
    }
}
