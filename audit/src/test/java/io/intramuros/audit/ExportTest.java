// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    @TempDir
    Path folder;

    @Test
    void write_jsonl_givesEachRecordWithTheHashOfItsLeaf() throws Exception {
        Logs.write(Logs.rarelySigned(folder, 1 << 20), 1);

        List<String> lines =
                export(RecordQuery.all(1), Export.Format.JSONL).lines().toList();

        String admitted =
                "{\"id\":\"r0\",\"idx\":1,\"model\":{\"asked\":\"m\",\"served\":\"m-1\"},\"team\":\"payments\","
                        + "\"tprev\":\"" + "0".repeat(64) + "\","
                        + "\"ts\":\"2026-03-05T12:00:00.123456Z\",\"tseq\":0,\"type\":\"request.admitted\",\"v\":1}";
        String leaf = HexFormat.of().formatHex(Hashes.leaf(admitted.getBytes(StandardCharsets.UTF_8)));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo(admitted.replaceFirst("}$", ",\"leaf\":\"" + leaf + "\"}"));
    }

    @Test
    void write_csv_givesColumns() throws Exception {
        try (AuditLog log = AuditLog.open(Logs.rarelySigned(folder, 1 << 20))) {
            log.append(AuditRecord.of("request.completed")
                    .id("r1")
                    .key("k, \"1\"")
                    .model("m", "m-1")
                    .tokens(7, 9)
                    .pii(Map.of("EMAIL", Map.of("mask", 2)))
                    .outcome("ok")
                    .http(200)
                    .build());
        }

        String[] rows = export(query("request.completed"), Export.Format.CSV).split("\r\n", -1);

        assertThat(rows[0])
                .isEqualTo("idx,ts,type,id,team,project,key,actor,model.asked,model.served,node,policy,"
                        + "tokens.in,tokens.out,outcome,http,leaf");
        assertThat(rows[1])
                .startsWith(
                        "1,2026-03-05T12:00:00.123456Z,request.completed,r1,,,\"k, \"\"1\"\"\",,m,m-1,,,7,9,ok,200,")
                .hasSizeGreaterThan(64);
        assertThat(rows).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff201"
            })
    void write_csvCellThatLooksLikeAFormula_isText(String name) throws Exception {
        try (AuditLog log = AuditLog.open(Logs.rarelySigned(folder, 1 << 20))) {
            log.append(AuditRecord.of("admin.note").actor(name).build());
        }

        String csv = export(query("admin.note"), Export.Format.CSV);

        assertThat(csv).contains("'" + name);
    }

    @Test
    void write_period_leavesOutWhatIsOutside() throws Exception {
        Logs.write(Logs.rarelySigned(folder, 1 << 20), 1);

        assertThat(export(period(Logs.NOW, Logs.NOW.plusNanos(1)), Export.Format.JSONL)
                        .lines())
                .hasSize(4);
        assertThat(export(period(Instant.MIN, Logs.NOW), Export.Format.JSONL)).isEmpty();
    }

    private static RecordQuery query(String type) {
        return new RecordQuery(Instant.MIN, Instant.MAX, "", "", type, "", 1, 0);
    }

    private static RecordQuery period(Instant from, Instant to) {
        return new RecordQuery(from, to, "", "", "", "", 1, 0);
    }

    private String export(RecordQuery query, Export.Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Export.write(folder, query, format, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
