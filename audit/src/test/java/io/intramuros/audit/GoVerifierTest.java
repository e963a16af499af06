// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's reading of the same formats: the packages of Go's checksum database. With {@code -Daudit.go=true}, a Go
 * tool chain and its module proxy.
 */
@Tag("soak")
@EnabledIfSystemProperty(named = "audit.go", matches = "true")
class GoVerifierTest {
    private static final int RECORDS = 70_000;
    private static final int INDEX = 33_333;

    @TempDir
    Path disk;

    private Path folder;

    @BeforeEach
    void write() throws Exception {
        folder = Files.createDirectory(disk.resolve("log"));
        Logs.fill(Logs.rarelySigned(folder, 1 << 20), RECORDS, i -> Logs.admitted("r" + i));
        Files.writeString(disk.resolve("proof"), TlogProof.of(folder, INDEX).written());
        Files.writeString(disk.resolve("record"), Logs.read(folder).get(INDEX).json());
    }

    private String verdict() throws IOException, InterruptedException {
        List<String> command = List.of("go", "run", ".", folder.toString(), disk + "/proof", disk + "/record");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("src/test/go").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    @Test
    void foreignVerifier_ourLogAndProof_agreesAndFindsWhatIsWrong() throws Exception {
        assertThat(verdict()).contains("ok: " + RECORDS + " records");
        Path tile = folder.resolve("tile/0/017");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[99] ^= 1;
        Files.write(tile, bytes);

        assertThat(verdict()).contains("bad: ");
    }
}
