// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainsTest {
    @TempDir
    Path folder;

    private static AuditRecord of(String team, String id) {
        return AuditRecord.of("request.admitted").team(team).id(id).build();
    }

    @Test
    void append_twoTenants_eachHasAChainOfItsOwnAcrossStarts() throws Exception {
        for (int start = 0; start < 3; start++) {
            try (AuditLog log = AuditLog.open(Logs.rarelySigned(folder, 2_000))) {
                for (int i = 0; i < 7; i++) log.append(of(i % 3 == 0 ? "red" : "blue", start + "-" + i));
            }
        }

        Map<String, String> last = new HashMap<>();
        Map<String, Long> count = new HashMap<>();
        List<AuditEntry> entries = Logs.read(folder);
        for (AuditEntry entry : entries) {
            String team = entry.text("team");
            if (team.isEmpty()) {
                assertThat(entry.fields()).doesNotContainKeys("tseq", "tprev");
                continue;
            }
            assertThat(entry.number("tseq")).isEqualTo(count.merge(team, 1L, Long::sum) - 1);
            assertThat(entry.text("tprev")).isEqualTo(last.getOrDefault(team, "0".repeat(64)));
            last.put(team, entry.leafHash());
        }
        // Each start but the first records the requests that the one before has left open.
        assertThat(count).containsExactlyInAnyOrderEntriesOf(Map.of("red", 9L + 6, "blue", 12L + 8));
    }
}
