// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log and its witness, without the wire between them. */
class CosigningTest {
    private static final LogKey KEY = LogKey.witness("witness.example.com", seed());

    @TempDir
    Path root;

    private Path folder;
    private Witness witness;

    private static byte[] seed() {
        byte[] seed = new byte[32];
        new Random(5).nextBytes(seed);
        return seed;
    }

    @BeforeEach
    void begin() throws Exception {
        folder = root.resolve("log");
        Path seen = Files.createDirectory(root.resolve("seen"));
        witness = new Witness(seen, KEY, List.of(Logs.KEY.verifier()), InstantSource.system());
    }

    private AuditSettings settings() {
        return Logs.rarelySigned(folder, 1 << 20);
    }

    private Cosigning.Outcome ask(Cosigning cosigning) throws Exception {
        Witness.Answer answer = witness.addCheckpoint(cosigning.next().orElseThrow());
        return cosigning.answered(answer.status(), answer.body());
    }

    @Test
    void ask_growingLog_bearsTheWitnesssSignature() throws Exception {
        try (AuditLog log = AuditLog.open(settings())) {
            Cosigning cosigning = new Cosigning(log, KEY.verifier());
            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.SIGNED);
            assertThat(cosigning.next()).isEmpty();
            for (int i = 0; i < 20; i++) log.append(Logs.admitted("r" + i));
            log.prove(3); // signs

            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.SIGNED);
            assertThat(Verify.witnessed(folder, List.of(KEY.verifier()), 1).verdict())
                    .isEqualTo(Verify.Verdict.OK);
        }
    }

    @Test
    void ask_afterARestart_goesOnWhereTheWitnessIs() throws Exception {
        Logs.write(settings(), 4);
        try (AuditLog log = AuditLog.open(settings())) {
            assertThat(ask(new Cosigning(log, KEY.verifier()))).isEqualTo(Cosigning.Outcome.SIGNED);
            log.append(Logs.admitted("more"));
            log.prove(0);
            Cosigning fresh = new Cosigning(log, KEY.verifier());

            assertThat(ask(fresh)).isEqualTo(Cosigning.Outcome.AGAIN);
            assertThat(ask(fresh)).isEqualTo(Cosigning.Outcome.SIGNED);
        }
    }

    @Test
    void ask_logThatWasPutBack_isToldSo() throws Exception {
        Logs.write(settings(), 2);
        Path before = root.resolve("before");
        Logs.copy(folder, before);
        Logs.write(settings(), 30);
        try (AuditLog log = AuditLog.open(settings())) {
            assertThat(ask(new Cosigning(log, KEY.verifier()))).isEqualTo(Cosigning.Outcome.SIGNED);
        }
        folder = before;

        try (AuditLog log = AuditLog.open(settings())) {
            Cosigning cosigning = new Cosigning(log, KEY.verifier());
            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.ROLLED_BACK);
            assertThat(cosigning.next()).isEmpty(); // there is nothing that it could sign
            for (int i = 0; i < 100; i++) log.append(Logs.admitted("other" + i));
            log.prove(0);
            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.REFUSED); // and it cannot grow from it either
        }
    }

    @Test
    void ask_otherLogOfTheSameSize_isToldSo() throws Exception {
        Logs.write(settings(), 2);
        Path before = root.resolve("before");
        Logs.copy(folder, before);
        try (AuditLog log = AuditLog.open(settings())) {
            assertThat(ask(new Cosigning(log, KEY.verifier()))).isEqualTo(Cosigning.Outcome.SIGNED);
        }
        folder = before;

        AuditSettings later = settings().by(() -> Logs.NOW.plusSeconds(9));
        try (AuditLog log = AuditLog.open(later)) {
            Cosigning cosigning = new Cosigning(log, KEY.verifier());
            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.AGAIN);
            assertThat(ask(cosigning)).isEqualTo(Cosigning.Outcome.ROLLED_BACK);
        }
    }

    @Test
    void answered_notTheWitnesssSignature_isNotPutToTheCheckpoint() throws Exception {
        try (AuditLog log = AuditLog.open(settings())) {
            String before = Files.readString(folder.resolve("checkpoint"));
            Cosigning cosigning = new Cosigning(log, KEY.verifier());
            String other = LogKey.witness("other", seed()).signatureLines(log.checkpoint(), Logs.NOW);
            for (String body : List.of("", "thanks", other, "\u2014 witness.example.com AAAAAAAAAAAA\n")) {
                assertThat(cosigning.next()).isPresent();
                assertThat(cosigning.answered(200, body)).isEqualTo(Cosigning.Outcome.REFUSED);
            }
            for (int status : new int[] {400, 403, 404, 422, 500}) {
                assertThat(cosigning.next()).isPresent();
                assertThat(cosigning.answered(status, "no")).isEqualTo(Cosigning.Outcome.REFUSED);
            }
            assertThat(cosigning.next()).isPresent();
            assertThat(cosigning.answered(409, "many")).isEqualTo(Cosigning.Outcome.REFUSED);

            assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(before);
        }
    }
}
