// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectKeysTest {
    @TempDir
    Path disk;

    private SubjectKeys keys(int master) throws IOException {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) master;
        Files.createDirectories(disk.resolve("keys"));
        return new SubjectKeys(disk.resolve("keys"), bytes, new SecureRandom());
    }

    @Test
    void seal_samePlaceAndKey_opensAndNowhereElse() throws Exception {
        SubjectKeys keys = keys(1);
        String who = keys.pseudonym("red", "ann@example.com");
        String sealed = keys.seal("red", who, "r1/subject", "ann@example.com");

        assertThat(keys.open("red", who, "r1/subject", sealed)).isEqualTo("ann@example.com");
        assertThat(keys(1).open("red", who, "r1/subject", sealed)).isEqualTo("ann@example.com");
        assertThatThrownBy(() -> keys.open("red", who, "r2/subject", sealed)).hasMessageContaining("does not open");
        assertThatThrownBy(() -> keys(2).open("red", who, "r1/subject", sealed)).isInstanceOf(IOException.class);
        assertThat(keys.seal("red", who, "r1/subject", "ann@example.com")).isNotEqualTo(sealed);
    }

    @Test
    void pseudonym_otherTeamOrMaster_isAnother() throws Exception {
        assertThat(keys(1).pseudonym("red", "ann"))
                .isEqualTo(keys(1).pseudonym("red", "ann"))
                .isNotEqualTo(keys(1).pseudonym("blue", "ann"))
                .isNotEqualTo(keys(2).pseudonym("red", "ann"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void erase_person_closesWhatWasSealedAndLeavesTheLogWhole() throws Exception {
        SubjectKeys keys = keys(1);
        Path folder = disk.resolve("log");
        String who = keys.pseudonym("red", "ann");
        String sealed;
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            sealed = keys.seal("red", who, "r1/subject", "ann");
            log.append(AuditRecord.of("request.denied")
                    .id("r1")
                    .team("red")
                    .with("sealed", sealed)
                    .build());
            log.append(keys.erase("red", who, "dpo"));
        }

        assertThat(keys.has("red", who)).isFalse();
        assertThatThrownBy(() -> keys.open("red", who, "r1/subject", sealed)).hasMessageContaining("erased");
        assertThatThrownBy(() -> keys.erase("red", who, "dpo")).isInstanceOf(IOException.class);
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        AuditEntry certificate = Logs.read(folder).get(2);
        assertThat(certificate.type()).isEqualTo("erasure.completed");
        assertThat(certificate.text("subject")).isEqualTo(who);
        assertThat(certificate.text("key_commitment")).matches("[0-9a-f]{64}");
        try (Stream<Path> left = Files.walk(disk.resolve("keys"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void names_ofFiles_sayNothingOfAnybody() throws Exception {
        SubjectKeys keys = keys(1);
        keys.seal("red", keys.pseudonym("red", "ann"), "x", "ann");

        try (Stream<Path> all = Files.walk(disk.resolve("keys"))) {
            for (Path file : all.toList()) {
                assertThat(disk.relativize(file).toString())
                        .doesNotContain("red")
                        .doesNotContain("ann");
                if (Files.isRegularFile(file))
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("ann");
            }
        }
        assertThatThrownBy(() -> keys.seal("red", "../x", "x", "y")).hasMessageStartingWith("pseudonym: ");
    }
}
