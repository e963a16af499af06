// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvidencePackTest {
    @TempDir
    static Path disk;

    private static Path log;

    @BeforeAll
    static void write() throws IOException {
        log = Files.createDirectory(disk.resolve("log"));
        List<AuditRecord> records = List.of(
                AuditRecord.of("request.admitted")
                        .team("red")
                        .key("k1")
                        .node("gpu-1")
                        .model("m", "m-1")
                        .policy("p1")
                        .pii(Map.of("EMAIL", Map.of("mask", 2), "IBAN", Map.of("mask", 1)))
                        .build(),
                AuditRecord.of("request.retried")
                        .team("red")
                        .key("k1")
                        .node("gpu-2")
                        .model("m", "m-1")
                        .policy("p1")
                        .build(),
                AuditRecord.of("request.completed")
                        .team("red")
                        .key("k1")
                        .outcome("ok")
                        .policy("p1")
                        .build(),
                AuditRecord.of("policy.changed")
                        .actor("<b>ann</b>")
                        .policy("p2")
                        .build(),
                AuditRecord.of("key.revoked").actor("ben").team("red").key("k1").build(),
                AuditRecord.of("audit.degraded").with("failures", 2).build(),
                AuditRecord.of("erasure.completed")
                        .team("red")
                        .with("subject", "ab")
                        .actor("dpo")
                        .build());
        Logs.fill(Logs.rarelySigned(log, 1 << 20), records.size(), records::get);
    }

    private static Path pack(EvidencePack pack) throws IOException {
        Path file = disk.resolve(pack + ".zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            pack.write(log, RecordQuery.all(1), Logs.KEY, Logs.NOW, out);
        }
        return file;
    }

    private static String page(EvidencePack pack) throws IOException {
        try (ZipFile zip = new ZipFile(pack(pack).toFile())) {
            return new String(zip.getInputStream(zip.getEntry("index.html")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void write_anyPack_verifiesAndSaysWhatItCannotShow(EvidencePack pack) throws Exception {
        assertThat(BundleCheck.verify(pack(pack), List.of(Logs.KEY.verifier())).verdict())
                .isEqualTo(Verify.Verdict.OK);
        assertThat(page(pack))
                .contains("<b>Supports</b> " + pack.supports(), "<b>Cannot show</b> " + pack.cannot())
                .doesNotContain("compliant");
    }

    @Test
    void page_tables_countWhatTheyAreAbout() throws Exception {
        assertThat(page(EvidencePack.ZERO_EGRESS))
                .contains("2 records.", "<td>gpu-1</td><td>m-1</td><td>p1</td><td>1</td>", "<td>gpu-2</td>");
        assertThat(page(EvidencePack.FINDINGS))
                .contains("<td>red</td><td>p1</td><td>EMAIL</td><td>1</td>", "<td>none</td><td>2</td>");
        assertThat(page(EvidencePack.POLICY_HISTORY))
                .contains("&lt;b&gt;ann&lt;/b&gt;")
                .doesNotContain("<b>ann");
        assertThat(page(EvidencePack.ACCESS_REVIEW)).contains("key.revoked", "audit.degraded");
        assertThat(page(EvidencePack.CONTROL_FAILURES)).contains("1 records.", "audit.degraded");
        assertThat(page(EvidencePack.ERASURE)).contains("<td>ab</td><td>dpo</td>");
        assertThat(page(EvidencePack.BLAST_RADIUS))
                .contains("<td>k1</td><td>red</td><td></td><td>m-1</td><td>IBAN</td>");
    }
}
