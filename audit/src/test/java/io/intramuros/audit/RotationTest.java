// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change, and checkpoints with two signatures. */
class RotationTest {
    private static final LogKey NEXT = Logs.key(Logs.KEY.name(), 77);

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Logs.write(Logs.settings(folder), 2);
    }

    private AuditSettings rotated() {
        return AuditSettings.of(folder, NEXT).sized(1 << 20, 0, 0).after(List.of(Logs.KEY.verifier()));
    }

    @Test
    void open_newKeyThatKnowsTheOldOne_goesOnAndRecordsIt() throws Exception {
        byte[] old = Files.readAllBytes(folder.resolve("checkpoint"));
        try (AuditLog log = AuditLog.open(rotated())) {
            log.append(Logs.admitted("after"));
        }

        VerifierKey published = VerifierKey.parse(Files.readString(folder.resolve("vkey")));
        assertThat(published.toString().lines()).hasSize(4);
        assertThat(Verify.log(folder, published, old).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Verify.log(folder, NEXT.verifier(), null).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Verify.log(folder, Logs.KEY.verifier(), null).verdict()).isEqualTo(Verify.Verdict.UNKNOWN_KEY);
        List<AuditEntry> records = Logs.read(folder).stream()
                .filter(entry -> entry.type().equals("system.key_rotated"))
                .toList();
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().text("to"))
                .isNotEqualTo(records.getFirst().text("from"));
        AuditLog.open(rotated()).close();
        assertThat(Logs.read(folder).stream().filter(entry -> entry.type().equals("system.key_rotated")))
                .hasSize(1);
    }

    @Test
    void open_newKeyAlone_isRefused() {
        assertThatThrownBy(() -> AuditLog.open(AuditSettings.of(folder, NEXT))).hasMessageContaining("another key");
    }

    @Test
    void verify_oneOfTwoSignaturesTakenAway_isTampered() throws Exception {
        Path file = folder.resolve("checkpoint");
        String note = Files.readString(file);
        List<String> lines =
                note.lines().filter(line -> line.startsWith("\u2014")).toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            Files.writeString(file, note.replace(line + "\n", ""));

            assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
            assertThat(Logs.verify(folder).says()).contains("without one of its two signatures");
        }
        VerifierKey first = VerifierKey.parse(
                Logs.KEY.verifier().toString().lines().findFirst().orElseThrow());
        Files.writeString(file, note);
        assertThat(Verify.log(folder, first, null).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void cosignature_ofAnotherTreeTimeOrName_isWrong() {
        Checkpoint tree = new Checkpoint(Logs.KEY.name(), 8, "11".repeat(32));
        Checkpoint other = new Checkpoint(Logs.KEY.name(), 8, "12".repeat(32));
        String lines = Logs.KEY.signatureLines(tree, Logs.NOW);
        for (Checkpoint claimed : List.of(tree, other)) {
            byte[] note = (claimed.text() + "\n" + lines).getBytes(StandardCharsets.UTF_8);
            Checkpoint.Opened opened = Checkpoint.open(note, Logs.KEY.verifier());
            if (claimed.equals(tree)) assertThat(opened).isEqualTo(new Checkpoint.Opened.Good(tree));
            else assertThat(opened).isEqualTo(new Checkpoint.Opened.Bad("a signature that is wrong"));
        }
    }

    @Test
    void parse_keysOfSeveralLogs_areRefused() {
        String both = Logs.KEY.verifier() + "\n" + Logs.key("another", 1).verifier();

        assertThatThrownBy(() -> VerifierKey.parse(both)).hasMessageContaining("several names");
        assertThatThrownBy(() -> VerifierKey.parse("\n")).hasMessageStartingWith("vkey: ");
    }

    @Test
    void cosign_witnessLines_standInTheCheckpointUntilTheNext() throws Exception {
        LogKey witness = LogKey.witness("w1", new byte[32]);
        try (AuditLog log = AuditLog.open(Logs.rarelySigned(folder, 1 << 20))) {
            long size = Kept.signedSize(folder);
            String lines = witness.signatureLines(log.checkpoint(), Logs.NOW);

            assertThat(log.cosign(size, lines)).isTrue();
            assertThat(log.cosign(size - 1, lines)).isFalse();
            assertThat(Verify.witnessed(folder, List.of(witness.verifier()), 1).verdict())
                    .isEqualTo(Verify.Verdict.OK);
            assertThatThrownBy(() -> log.cosign(size, "no line")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }
}
