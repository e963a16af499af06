// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
    private static final LogKey KEY = LogKey.witness("witness.example.com", new byte[32]);

    @TempDir
    Path disk;

    @TempDir
    Path seen;

    private Path folder;

    @BeforeEach
    void write() throws Exception {
        folder = disk.resolve("log");
        grow(5);
    }

    private void grow(int records) throws Exception {
        Files.createDirectories(folder);
        Logs.fill(Logs.rarelySigned(folder, 1 << 20), records, i -> Logs.admitted("r" + i));
    }

    private Witness witness() {
        return new Witness(seen, KEY, List.of(Logs.KEY.verifier()), InstantSource.fixed(Logs.NOW));
    }

    private Witness.Answer submit(long old) throws Exception {
        return witness().addCheckpoint(Witness.request(folder, old));
    }

    @Test
    void addCheckpoint_growingLog_isSignedEachTime() throws Exception {
        assertThat(submit(0).status()).isEqualTo(200);
        grow(300);
        Witness.Answer answer = submit(5);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("\u2014 witness.example.com ");
        Path checkpoint = folder.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint) + answer.body());
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        List<VerifierKey> keys =
                List.of(KEY.verifier(), LogKey.witness("w2", new byte[32]).verifier());
        assertThat(Verify.witnessed(folder, keys, 1).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Verify.witnessed(folder, keys, 2).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
    }

    @Test
    void addCheckpoint_sameAgain_isSigned() throws Exception {
        submit(0);

        assertThat(submit(5).status()).isEqualTo(200);
    }

    @Test
    void addCheckpoint_oldSizeThatIsNotWhatWasSeen_isAnsweredWithIt() throws Exception {
        submit(0);
        grow(2);

        assertThat(submit(3)).isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "5\n"));
        assertThat(submit(0)).isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "5\n"));
    }

    @Test
    void addCheckpoint_oldCopyPutBack_isRefused() throws Exception {
        Path copy = disk.resolve("copy");
        Logs.copy(folder, copy);
        grow(4);
        submit(0);
        folder = copy;

        assertThat(submit(5)).isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "9\n"));
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK); // the log alone cannot show it
    }

    @Test
    void addCheckpoint_otherHistory_isRefused() throws Exception {
        submit(0);
        folder = disk.resolve("fork");
        Files.createDirectories(folder);
        Logs.fill(Logs.rarelySigned(folder, 1 << 20), 5, i -> Logs.admitted("forged" + i));
        assertThat(submit(5).status()).isEqualTo(409);
        grow(4);

        assertThat(submit(5).status()).isEqualTo(422);
    }

    @Test
    void addCheckpoint_unknownLogOrKey_isRefused() throws Exception {
        Witness other = new Witness(seen, KEY, List.of(Logs.key("other", 9).verifier()), InstantSource.system());
        Witness forged =
                new Witness(seen, KEY, List.of(Logs.key(Logs.KEY.name(), 9).verifier()), InstantSource.system());

        assertThat(other.addCheckpoint(Witness.request(folder, 0)).status()).isEqualTo(404);
        assertThat(forged.addCheckpoint(Witness.request(folder, 0)).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0\n",
                "old 00\n\nx",
                "old -1\n\nx",
                "old 0\n!\n\nx",
                "old 0\n\nno checkpoint",
                "size 0\n\nx"
            })
    void addCheckpoint_notOne_isRefused(String body) throws Exception {
        assertThat(witness()
                        .addCheckpoint(body.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void addCheckpoint_oldSizeBeyondTheTree_isRefused() throws Exception {
        String body = new String(Witness.request(folder, 0), StandardCharsets.UTF_8).replaceFirst("old 0", "old 6");

        assertThat(witness()
                        .addCheckpoint(body.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }
}
