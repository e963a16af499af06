// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2TenantTest extends TenantContract {
    @TempDir
    Path folder;

    @Override
    TenantStore open() {
        return TenantStore.file(folder.resolve("tenants"));
    }

    @Test
    void file_ofAProcessThatWasKilled_holdsEveryTeamThatWasAcknowledged() throws Exception {
        Path file = folder.resolve("killed");
        List<String> acknowledged = acknowledgedUntilKilled(file);

        try (TenantStore store = TenantStore.file(file)) {
            List<String> kept = new Directory(store, new TestClock())
                    .teams().stream().map(Directory.Team::id).toList();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(40);
            assertThat(kept).containsAll(acknowledged);
        }
    }

    private static List<String> acknowledgedUntilKilled(Path file) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A line that the kill tore has no full stop.
                if (line.matches("team-\\d+\\.")) acknowledged.add(line.substring(0, line.length() - 1));
                if (acknowledged.size() == 40) writer.toHandle().destroyForcibly(); // which leaves the pipe open
            }
        }
        assertThat(writer.waitFor()).isEqualTo(137);
        return acknowledged;
    }

    /** Adds teams until it is killed, and says so after each. */
    static final class EndlessWriter {
        private EndlessWriter() {}

        public static void main(String... arguments) {
            Directory directory = new Directory(TenantStore.file(Path.of(arguments[0])), new TestClock());
            for (int i = 0; ; i++) {
                directory.addTeam("team-" + i, "t");
                System.out.println("team-" + i + ".");
            }
        }
    }

    @Test
    void open_aSchemaOfANewerProgram_saysSo() {
        Path file = folder.resolve("newer");
        try (TenantStore store = TenantStore.file(file)) {
            store.jdbc()
                    .sql("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
                            + " \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
                            + " values (99, '9000', 'future', 'SQL', 'V9000__future.sql', 'sa', 1, true)")
                    .update();
        }

        assertThatThrownBy(() -> TenantStore.file(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("9000")
                .hasMessageContaining("newer Intramuros");
    }
}
