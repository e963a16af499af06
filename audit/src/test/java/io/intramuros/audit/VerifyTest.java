// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    static Path template;

    @TempDir
    Path disk;

    private Path folder;
    /** 1 flips each byte, which takes minutes. */
    private static final int STEP = Integer.getInteger("audit.flipStep", 7);

    /** Two segments, a full tile, two levels, and partial tiles. */
    @BeforeAll
    static void write() throws Exception {
        Logs.write(Logs.rarelySigned(template.resolve("log"), 48_000), 135);
    }

    @BeforeEach
    void copy() throws Exception {
        folder = disk.resolve("log");
        Logs.copy(template.resolve("log"), folder);
    }

    @Test
    void log_asWritten_isOk() throws Exception {
        Verify.Report report = Logs.verify(folder);

        assertThat(report.verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(report.size()).isEqualTo(272);
        assertThat(report.firstBad()).isEqualTo(-1);
        assertThat(Logs.files(folder).stream()
                        .map(file -> folder.relativize(file).toString())
                        .toList())
                .containsExactly(
                        "checkpoint",
                        "seg/00000000000000000000.seg",
                        "seg/" + Segments.list(folder).get(1).getFileName(),
                        "tile/0/000",
                        "tile/0/001.p/16",
                        "tile/1/000.p/1",
                        "tile/entries/000",
                        "tile/entries/001.p/16");
    }

    @Test
    void log_anyByteFlipped_isNeverOk() throws Exception {
        Path small = disk.resolve("small");
        Logs.write(Logs.rarelySigned(small, 600), 2);
        flip(small, STEP);
        flip(folder, 211 * STEP);
    }

    private static void flip(Path folder, int step) throws Exception {
        long size = Logs.verify(folder).size();
        for (Path file : Logs.files(folder)) {
            byte[] written = Files.readAllBytes(file);
            for (int at = 0; at < written.length; at += step) {
                byte[] wrong = written.clone();
                wrong[at] ^= (byte) (1 << at % 8);
                Files.write(file, wrong);

                Verify.Report report = Logs.verify(folder);

                assertThat(report.verdict())
                        .as("%s, byte %d: %s", folder.relativize(file), at, report)
                        .isIn(Verify.Verdict.TAMPERED, Verify.Verdict.INCOMPLETE, Verify.Verdict.UNKNOWN_KEY);
                if (file.toString().contains("seg"))
                    assertThat(report.firstBad()).isBetween(0L, size - 1);
            }
            Files.write(file, written);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void log_recordFlipped_namesTheBatch() throws Exception {
        Path segment = Segments.list(folder).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"idx\":77,");
        bytes[at + 7] ^= 1;
        Files.write(segment, bytes);

        Verify.Report report = Logs.verify(folder);

        assertThat(report.verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThat(report.firstBad()).isEqualTo(77);
        assertThat(report.says()).contains("record 77", segment.getFileName().toString());
    }

    @Test
    void log_segmentCutAnywhere_isTamperedOrIncomplete() throws Exception {
        Path segment = Segments.list(folder).getLast();
        byte[] bytes = Files.readAllBytes(segment);
        for (int length = 0; length < bytes.length; length += 1 + length % 307) {
            Files.write(segment, Arrays.copyOf(bytes, length));

            assertThat(Logs.verify(folder).verdict())
                    .as("cut to %d bytes", length)
                    .isIn(Verify.Verdict.TAMPERED, Verify.Verdict.INCOMPLETE);
        }
    }

    @Test
    void log_fileMissing_isIncomplete() throws Exception {
        for (Path file : Logs.files(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);

            assertThat(Logs.verify(folder).verdict()).as("%s", file).isEqualTo(Verify.Verdict.INCOMPLETE);
            Files.write(file, bytes);
        }
    }

    @Test
    void log_historyWrittenAnewWithItsTiles_isTampered() throws Exception {
        Path forged = disk.resolve("forged");
        Logs.write(Logs.rarelySigned(forged, 48_000), 135);
        Logs.delete(folder.resolve("seg"));
        Logs.write(Logs.rarelySigned(disk.resolve("other"), 48_000), 136);
        Logs.copy(disk.resolve("other/seg"), folder.resolve("seg"));
        Logs.copy(disk.resolve("other/tile"), folder.resolve("tile"));

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
    }

    @Test
    void log_otherKey_isUnknown() throws Exception {
        VerifierKey other = Logs.key(Logs.KEY.name(), 7).verifier();

        assertThat(Verify.log(folder, other, null).verdict()).isEqualTo(Verify.Verdict.UNKNOWN_KEY);
    }

    @Test
    void log_grownFromAnEarlierCheckpoint_isOk() throws Exception {
        byte[] earlier = Files.readAllBytes(folder.resolve("checkpoint"));
        Logs.write(Logs.rarelySigned(folder, 48_000), 3);

        assertThat(Verify.log(folder, Logs.KEY.verifier(), earlier).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void log_rolledBack_isTampered() throws Exception {
        Path before = disk.resolve("before");
        Logs.copy(folder, before);
        Logs.write(Logs.rarelySigned(folder, 48_000), 3);
        byte[] later = Files.readAllBytes(folder.resolve("checkpoint"));

        Verify.Report report = Verify.log(before, Logs.KEY.verifier(), later);

        assertThat(report.verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThat(report.says()).contains("rolled back");
    }

    @Test
    void log_forked_isTampered() throws Exception {
        Path other = disk.resolve("fork");
        Logs.write(Logs.rarelySigned(other, 48_000), 2);
        byte[] otherHead = Files.readAllBytes(other.resolve("checkpoint"));

        Verify.Report report = Verify.log(folder, Logs.KEY.verifier(), otherHead);

        assertThat(report.verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThat(report.says()).contains("forked");
    }

    @Test
    void log_earlierCheckpointOfAnotherKey_isUnknown() throws Exception {
        byte[] foreign = new Checkpoint(Logs.KEY.name(), 1, "00".repeat(32))
                .signed(Logs.key(Logs.KEY.name(), 7), Logs.NOW)
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Verify.log(folder, Logs.KEY.verifier(), foreign).verdict()).isEqualTo(Verify.Verdict.UNKNOWN_KEY);
    }

    @Test
    void log_tilesAndCheckpointAlone_isOkAndHeldToEveryByte() throws Exception {
        Logs.delete(folder.resolve("seg"));
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);

        Path bundle = folder.resolve("tile/entries/001.p/16");
        byte[] bytes = Files.readAllBytes(bundle);
        for (int at = 0; at < bytes.length; at += 11) {
            byte[] wrong = bytes.clone();
            wrong[at] ^= 0x10;
            Files.write(bundle, wrong);

            assertThat(Logs.verify(folder).verdict()).as("byte %d", at).isEqualTo(Verify.Verdict.TAMPERED);
        }
        Files.delete(bundle);
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.INCOMPLETE);
    }

    @Test
    void log_bytesAfterTheLastCommit_isAnUnsignedTail() throws Exception {
        Path segment = Segments.list(folder).getLast();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length + 9));

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.UNSIGNED_TAIL);
    }

    @Test
    void main_commands_exitAsDocumented() throws Exception {
        Path vkey = folder.resolve("vkey");
        Path other = Files.writeString(
                disk.resolve("other"), Logs.key("other", 2).verifier().toString());
        Path none = Files.writeString(disk.resolve("none"), "no key");
        Path earlier = Files.copy(folder.resolve("checkpoint"), disk.resolve("earlier"));

        assertThat(main("verify", "--vkey", vkey, folder)).startsWith("0 ok: 272 records, root ");
        assertThat(main("verify", "--vkey", vkey, "--checkpoint", earlier, folder))
                .startsWith("0 ok: ");
        assertThat(main("verify", "--vkey", other, folder)).startsWith("5 unknown key: ");
        assertThat(main("verify", "--vkey", none, folder)).startsWith("5 vkey: ");
        assertThat(main("verify", "--vkey", vkey, disk.resolve("nowhere"))).startsWith("3 incomplete: ");
        assertThat(main("verify", "--vkey", disk.resolve("nowhere"), folder)).startsWith("1 cannot use ");
        assertThat(main("export", "--format", "xml", folder)).startsWith("64 format: unknown");
        assertThat(main("export", "--format", "csv", disk.resolve("nowhere"))).contains("no segments");
        assertThat(main("export", "--format", "jsonl", folder)).startsWith("0 {\"continued\":\"no\",\"idx\":0,");
        assertThat(main("verify")).startsWith("64 operand: missing").contains("usage: verify ");
        assertThat(main("verify", folder)).startsWith("64 --vkey: missing");
        assertThat(main("burn", folder)).startsWith("64 command: unknown");
        assertThat(main("verify", "--vkey", vkey, "--x", "1", folder)).startsWith("64 option: unknown");
        assertThat(main("records", "--limit", "2", "--type", "request.completed", folder))
                .contains("\"idx\":2", "# more: --cursor 6");
        assertThat(main("records", "--from", "soon", folder)).startsWith("64 moment: not readable");
        Files.delete(Segments.list(folder).getFirst());
        assertThat(main("verify", "--vkey", vkey, folder)).startsWith("3 incomplete: ");
    }

    private static String main(Object... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        List<String> words = Arrays.stream(arguments).map(String::valueOf).toList();
        int code = Main.run(words, out, out);
        return code + " " + bytes.toString(StandardCharsets.UTF_8);
    }
}
