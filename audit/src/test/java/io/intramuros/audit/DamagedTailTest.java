// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged and not signed yet: damage is found, and only what was never acknowledged is cut. */
class DamagedTailTest {
    private static final int BATCHES = 3;

    @TempDir
    Path folder;

    private Path segment;
    private byte[] written;
    /** Where each batch ends, with its mark. */
    private final List<Integer> ends = new ArrayList<>();

    /** One signed record and three that are not, then a kill. */
    @BeforeEach
    void write() throws IOException {
        AuditSettings settings = Logs.rarelySigned(folder, 1 << 20);
        LogWriter writer = LogWriter.open(settings, Disk.REAL, state(settings));
        writer.append(drafts("start"));
        writer.sign();
        segment = Segments.list(folder).getFirst();
        for (int i = 0; i < BATCHES; i++) {
            ends.add((int) Files.size(segment));
            writer.append(drafts("a" + i));
        }
        writer.close();
        written = Files.readAllBytes(segment);
        ends.add(written.length);
    }

    private static LogState state(AuditSettings settings) throws IOException {
        return LogState.read(
                settings, Volumes.open(settings, Disk.REAL), Disk.REAL, LogState.signed(settings), _ -> {});
    }

    private static List<Draft> drafts(String... ids) {
        return Arrays.stream(ids).map(Logs::admitted).map(Draft::of).toList();
    }

    @Test
    void verify_anyAcknowledgedByteFlipped_isTamperedAndNamesTheBatch() throws Exception {
        for (int at = ends.getFirst(); at < written.length - Frames.MARK_BYTES; at++) {
            put(flipped(at));
            int batch = batchOf(at);

            Verify.Report report = Logs.verify(folder);

            assertThat(report.verdict()).as("byte %d: %s", at, report).isEqualTo(Verify.Verdict.TAMPERED);
            assertThat(report.firstBad()).as("byte %d", at).isIn(1L + batch, 2L + batch);
            assertThat(report.says()).contains(segment.getFileName().toString());
        }
    }

    private int batchOf(int at) {
        int batch = 0;
        while (at >= ends.get(batch + 1)) batch++;
        return batch;
    }

    @Test
    void open_anyAcknowledgedByteFlipped_isRefusedAndChangesNothing() throws Exception {
        for (int at = ends.getFirst(); at < written.length - Frames.MARK_BYTES; at += 37) {
            byte[] wrong = flipped(at);
            put(wrong);

            assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                    .as("byte %d", at)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(segment.getFileName().toString())
                    .hasMessageContaining("after record ");
            assertThat(Files.readAllBytes(segment)).isEqualTo(wrong);
        }
    }

    @Test
    void open_cutAtAnyByteOfTheLastBatch_keepsWhatWasWhole() throws Exception {
        int last = ends.get(BATCHES - 1);
        for (int length = last; length < written.length - Frames.MARK_BYTES; length += 7) {
            put(Arrays.copyOf(written, length));
            Verify.Verdict before = Logs.verify(folder).verdict();
            assertThat(before).as("cut to %d", length).isEqualTo(Verify.Verdict.UNSIGNED_TAIL);
            assertThat(state(Logs.settings(folder)).tree().size()).isEqualTo(BATCHES);
        }
        AuditLog.open(Logs.settings(folder)).close();
        assertThat(Logs.read(folder)).extracting(entry -> entry.text("id")).startsWith("start", "a0", "a1", "");
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    /** A power cut in the middle of the last batch, which nobody has acknowledged: its sectors are there or not. */
    @Test
    void open_lastBatchTornBeforeItsMark_isCutAndCounted() throws Exception {
        int last = ends.get(BATCHES - 1);
        byte[] torn = Arrays.copyOf(written, written.length - Frames.MARK_BYTES);
        Arrays.fill(torn, last + 20, last + 40, (byte) 0);
        put(torn);

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.UNSIGNED_TAIL);
        try (AuditLog log = AuditLog.open(Logs.settings(folder))) {
            assertThat(log.recovery().bytesCut()).isEqualTo(torn.length - last);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void open_framesSwappedOrDoubled_isRefused() throws Exception {
        byte[] doubled = concat(written, Arrays.copyOfRange(written, ends.get(2), ends.get(3)));
        byte[] swapped = concat(
                Arrays.copyOf(written, ends.get(1)),
                Arrays.copyOfRange(written, ends.get(2), ends.get(3)),
                Arrays.copyOfRange(written, ends.get(1), ends.get(2)),
                Arrays.copyOfRange(written, ends.get(3), written.length));
        for (byte[] wrong : List.of(doubled, swapped)) {
            put(wrong);

            assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
            assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void open_batchTakenOut_isRefused() throws Exception {
        put(concat(Arrays.copyOf(written, ends.get(1)), Arrays.copyOfRange(written, ends.get(2), written.length)));

        assertThat(Logs.verify(folder).firstBad()).isEqualTo(2);
        assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                .hasMessageContaining("a commit does not fit its records after record 1");
    }

    @Test
    void open_segmentOfAnotherVersion_saysSo() throws Exception {
        byte[] other = written.clone();
        other[7] = '3';
        ByteBuffer.wrap(other).putInt(Frames.HEADER_BYTES - 4, Frames.crc(other, 0, Frames.HEADER_BYTES - 4));
        put(other);

        assertThatThrownBy(() -> AuditLog.open(Logs.settings(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another version");
    }

    private byte[] flipped(int at) {
        byte[] wrong = written.clone();
        wrong[at] ^= (byte) (1 << at % 8);
        return wrong;
    }

    private void put(byte[] bytes) throws IOException {
        Files.write(segment, bytes);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
