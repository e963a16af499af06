// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final int RECORDS = 700;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Logs.fill(Logs.rarelySigned(folder, 100_000), RECORDS, i -> Logs.admitted("r" + i));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, 511, 512, 698, 699})
    void of_anyRecord_isProvenFromItsTextAlone(long index) throws Exception {
        String written = TlogProof.of(folder, index).written();
        String record = Logs.read(folder).get((int) index).json();

        TlogProof proof = TlogProof.parse(written);

        assertThat(written).startsWith("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
        assertThat(proof.written()).isEqualTo(written);
        assertThat(proof.verify(Logs.KEY.verifier(), record).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(proof.verify(Logs.KEY.verifier(), record + " ").verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThat(proof.verify(Logs.key("other", 5).verifier(), record).verdict())
                .isEqualTo(Verify.Verdict.UNKNOWN_KEY);
    }

    @Test
    void parse_extraLine_isPassedOver() throws Exception {
        String written = TlogProof.of(folder, 3).written().replaceFirst("\nindex", "\nextra QUJD\nindex");

        assertThat(TlogProof.parse(written).index()).isEqualTo(3);
    }

    @Test
    void parse_anyLineChanged_isRefusedOrNotVerified() throws Exception {
        String written = TlogProof.of(folder, 600).written();
        String record = Logs.read(folder).get(600).json();
        List<String> lines = written.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String bent = written.replaceFirst(
                    Pattern.quote(lines.get(i)),
                    lines.get(i).isEmpty() ? "x" : "Q" + lines.get(i).substring(1));
            if (bent.equals(written)) continue;
            try {
                assertThat(TlogProof.parse(bent)
                                .verify(Logs.KEY.verifier(), record)
                                .verdict())
                        .as("line %d", i)
                        .isNotEqualTo(Verify.Verdict.OK);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("proof: ");
            }
        }
    }

    @Test
    void of_recordThatIsNotSigned_isRefused() {
        assertThatThrownBy(() -> TlogProof.of(folder, RECORDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: below 700");
    }

    @Test
    void of_tileThatWasChanged_isRefused() throws Exception {
        Path tile = folder.resolve("tile/0/001");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);

        assertThatThrownBy(() -> TlogProof.of(folder, 257))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not lead to its checkpoint");
    }
}
