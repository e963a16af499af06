// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final LogKey SECOND = Logs.key("audit.example.com/gw-1", 2);
    private static final RecordQuery ALL = RecordQuery.all(1);

    @TempDir
    static Path disk;

    private static Path first;
    private static Path second;

    private static AuditRecord record(int i) {
        return AuditRecord.of(i % 2 == 0 ? "request.admitted" : "request.completed")
                .id("r" + i)
                .team(i % 3 == 0 ? "red" : "blue-canary")
                .tokens(i, 1)
                .build();
    }

    @BeforeAll
    static void write() throws Exception {
        first = Files.createDirectory(disk.resolve("first"));
        second = Files.createDirectory(disk.resolve("second"));
        for (int hour = 0; hour < 3; hour++) {
            Instant time = Logs.NOW.plusSeconds(3_600L * hour);
            Logs.fill(Logs.rarelySigned(first, 50_000).by(() -> time), 100 + hour, BundleTest::record);
            AuditSettings other = AuditSettings.of(second, SECOND).by(() -> time.plusSeconds(60));
            Logs.fill(other.sized(50_000, 0, 0), 40, BundleTest::record);
        }
    }

    private static RecordQuery team(String team) {
        return new RecordQuery(Instant.MIN, Instant.MAX, team, "", "", "", 1, 0);
    }

    private static Path export(String name, Bundle.Order order) throws IOException {
        Path file = disk.resolve(name + ".zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Bundle.write(order, Logs.NOW, out);
        }
        return file;
    }

    private static Bundle.Order both(RecordQuery query, @Nullable LogKey signer, String... expected) {
        return new Bundle.Order(
                List.of(second, first), query, List.of(Export.Format.values()), signer, List.of(expected), Map.of());
    }

    private static Verify.Report verify(Path export) throws IOException {
        return BundleCheck.verify(export, List.of(Logs.KEY.verifier(), SECOND.verifier()));
    }

    private static Map<String, byte[]> files(Path export) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(export))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        }
        return files;
    }

    private static Path zip(String name, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return Files.write(disk.resolve(name + ".zip"), bytes.toByteArray());
    }

    @Test
    void write_everything_isOkWithTheLastRow() throws Exception {
        Path export = export("all", Bundle.Order.of(first, ALL, Logs.KEY));

        Verify.Report report = verify(export);

        assertThat(report)
                .isEqualTo(new Verify.Report(Verify.Verdict.OK, 303, -1, "303 records of 1 logs, all of the period"));
        assertThat(files(export).keySet())
                .containsExactly("records.jsonl", "logs/0/checkpoint", "logs/0/leaves", "manifest");
    }

    @Test
    void write_twoLogsInEachForm_areMergedByTime() throws Exception {
        Path export = export("merged", both(ALL, SECOND));
        Map<String, byte[]> files = files(export);
        List<AuditEntry> rows = new String(files.get("records.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> AuditEntry.of(0, line.getBytes(StandardCharsets.UTF_8)))
                .toList();

        assertThat(verify(export).says()).isEqualTo("423 records of 2 logs, all of the period");
        assertThat(rows).extracting(AuditEntry::time).isSorted();
        assertThat(rows).extracting(row -> row.text("log")).contains(Logs.KEY.name(), SECOND.name());
        assertThat(new String(files.get("records.csv"), StandardCharsets.UTF_8).lines())
                .hasSize(424);
        assertThat(new String(files.get("records.ocsf.jsonl"), StandardCharsets.UTF_8).lines())
                .hasSize(423);
        assertThat(new String(files.get("records.cef"), StandardCharsets.UTF_8).lines())
                .hasSize(423);
    }

    @Test
    void write_oneTeam_provesThatItIsWholeAndShowsNoOther() throws Exception {
        Path export = export("team", both(team("red"), Logs.KEY));

        assertThat(verify(export).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(verify(export).says()).endsWith("all of the team's in the period");
        files(export)
                .forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain("blue-canary"));
    }

    @Test
    void write_teamAndPeriod_provesThatPart() throws Exception {
        RecordQuery hour =
                new RecordQuery(Logs.NOW.plusSeconds(3_600), Logs.NOW.plusSeconds(7_200), "red", "", "", "", 1, 0);

        Verify.Report report = verify(export("hour", both(hour, Logs.KEY)));

        assertThat(report.verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(report.size()).isEqualTo(33 + 13);
    }

    @Test
    void write_type_saysThatWholenessIsNotShown() throws Exception {
        RecordQuery admitted = new RecordQuery(Instant.MIN, Instant.MAX, "red", "", "request.admitted", "", 1, 0);

        assertThat(verify(export("type", both(admitted, Logs.KEY))).says())
                .contains("that none is left out is not shown for team, type");
    }

    @Test
    void write_noRecordAtAll_isOk() throws Exception {
        RecordQuery later = new RecordQuery(Logs.NOW.plusSeconds(99_999), Instant.MAX, "", "", "", "", 1, 0);

        assertThat(verify(export("none", both(later, Logs.KEY))).says()).startsWith("0 records of 2 logs");
    }

    @Test
    void verify_expectedLogThatIsNotThere_isIncomplete() throws Exception {
        Path export = export("gap", both(ALL, Logs.KEY, Logs.KEY.name(), "audit.example.com/gw-2"));

        assertThat(verify(export))
                .isEqualTo(new Verify.Report(
                        Verify.Verdict.INCOMPLETE, 0, -1, "logs are missing: audit.example.com/gw-2"));
    }

    @Test
    void verify_manifestWithoutSignature_isAnUnsignedTail() throws Exception {
        assertThat(verify(export("unsigned", both(ALL, null))).verdict()).isEqualTo(Verify.Verdict.UNSIGNED_TAIL);
    }

    @Test
    void verify_otherKeys_areUnknown() throws Exception {
        Path export = export("keys", both(ALL, Logs.KEY));

        assertThat(BundleCheck.verify(export, List.of(SECOND.verifier())).verdict())
                .isEqualTo(Verify.Verdict.UNKNOWN_KEY);
        assertThat(BundleCheck.verify(export, List.of(Logs.KEY.verifier())).verdict())
                .isEqualTo(Verify.Verdict.UNKNOWN_KEY);
    }

    @Test
    void verify_anyByteOfAnyFileChanged_isNeverOk() throws Exception {
        Map<String, byte[]> files = files(export("bent", Bundle.Order.of(first, team("red"), Logs.KEY)));
        for (String name : files.keySet()) {
            byte[] bytes = files.get(name);
            for (int at = 0; at < bytes.length; at += 1 + bytes.length / 60) {
                Map<String, byte[]> bent = new LinkedHashMap<>(files);
                byte[] wrong = bytes.clone();
                wrong[at] ^= 1;
                bent.put(name, wrong);

                assertThat(verify(zip("bent-again", bent)).verdict())
                        .as("%s, byte %d", name, at)
                        .isIn(Verify.Verdict.TAMPERED, Verify.Verdict.INCOMPLETE, Verify.Verdict.UNKNOWN_KEY);
            }
        }
    }

    @Test
    void verify_fileAddedOrTakenAway_isFound() throws Exception {
        Map<String, byte[]> files = files(export("set", Bundle.Order.of(first, ALL, Logs.KEY)));
        for (String name : List.copyOf(files.keySet())) {
            Map<String, byte[]> fewer = new LinkedHashMap<>(files);
            fewer.remove(name);
            assertThat(verify(zip("fewer", fewer)).verdict()).as(name).isEqualTo(Verify.Verdict.INCOMPLETE);
        }
        files.put("more", new byte[1]);
        assertThat(verify(zip("more", files)).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
    }

    /** Whoever has no key signs nothing: so the checks below the manifest must hold alone. */
    @Test
    void verify_unsignedManifestMadeToFit_isHeldToTheCheckpoint() throws Exception {
        Map<String, byte[]> files = files(export("forged", Bundle.Order.of(first, ALL, null)));
        String records = new String(files.get("records.jsonl"), StandardCharsets.UTF_8);
        List<String> lines = records.lines().toList();
        String dropped = records.replace(lines.get(7) + "\n", "");
        String changed = records.replace("\"id\":\"r7\"", "\"id\":\"x7\"");
        String swapped = records.replace(lines.get(7) + "\n" + lines.get(8), lines.get(8) + "\n" + lines.get(7));
        for (String forged : List.of(dropped, changed, swapped)) {
            assertThat(forged).isNotEqualTo(records);
            assertThat(verify(zip("forged-again", fitted(files, records, forged)))
                            .verdict())
                    .isIn(Verify.Verdict.TAMPERED, Verify.Verdict.INCOMPLETE);
        }
    }

    private static Map<String, byte[]> fitted(Map<String, byte[]> files, String before, String after)
            throws IOException {
        HashingStream was = new HashingStream(OutputStream.nullOutputStream());
        was.write(before.getBytes(StandardCharsets.UTF_8));
        HashingStream is = new HashingStream(OutputStream.nullOutputStream());
        is.write(after.getBytes(StandardCharsets.UTF_8));
        String manifest = new String(files.get("manifest"), StandardCharsets.UTF_8)
                .replace("\"bytes\":" + was.count(), "\"bytes\":" + is.count())
                .replace(was.hex(), is.hex());
        Map<String, byte[]> forged = new LinkedHashMap<>(files);
        forged.put("records.jsonl", after.getBytes(StandardCharsets.UTF_8));
        forged.put("manifest", manifest.getBytes(StandardCharsets.UTF_8));
        return forged;
    }

    @Test
    void verify_noZip_isTampered() throws Exception {
        Path file = Files.writeString(disk.resolve("no.zip"), "no zip");

        assertThat(verify(file).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
    }

    @Test
    void order_noLogs_isRefused() {
        assertThatThrownBy(() -> new Bundle.Order(List.of(), ALL, List.of(), null, List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("logs: ");
    }

    @Test
    void main_bundleThenVerify_worksOffline() throws Exception {
        Path file = disk.resolve("main.zip");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        String vkey = first.resolve("vkey").toString();

        assertThat(Main.run(
                        List.of(
                                "bundle",
                                "--out",
                                file.toString(),
                                "--format",
                                "csv",
                                "--team",
                                "red",
                                first.toString()),
                        out,
                        out))
                .isZero();
        assertThat(Main.run(List.of("verify", "--vkey", vkey, file.toString()), out, out))
                .isEqualTo(4);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("all of the team's in the period");
    }
}
