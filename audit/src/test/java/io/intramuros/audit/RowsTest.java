// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static AuditEntry entry(AuditRecord record) {
        return AuditEntry.of(7, Draft.of(record).leaf(7, "2026-03-05T12:00:00.123456Z", "2", "0".repeat(64)));
    }

    private static AuditEntry completed() {
        return entry(AuditRecord.of("request.completed")
                .id("r1")
                .team("red")
                .key("k1")
                .model("default", "m-1")
                .tokens(7, 9)
                .pii(Map.of("EMAIL", Map.of("mask", 2)))
                .outcome("ok")
                .http(200)
                .build());
    }

    /** What schema.ocsf.io demands of API Activity 1.8 and of the objects in it. */
    @Test
    void ocsf_request_hasWhatTheSchemaDemands() {
        Map<String, Object> event =
                JsonReader.read(Export.Format.OCSF.rows().row(completed()).strip());

        assertThat(event)
                .containsEntry("class_uid", 6_003L)
                .containsEntry("category_uid", 6L)
                .containsEntry("activity_id", 99L)
                .containsEntry("type_uid", 600_399L)
                .containsEntry("time", 1_772_712_000_123L)
                .containsEntry("severity_id", 1L)
                .containsEntry("status_id", 1L)
                .containsKeys("metadata", "actor", "api", "src_endpoint");
        AuditEntry fields = AuditEntry.of(
                0, Export.Format.OCSF.rows().row(completed()).strip().getBytes(StandardCharsets.UTF_8));
        assertThat(fields.text("metadata.version")).isEqualTo("1.8.0");
        assertThat(fields.text("metadata.product.vendor_name")).isNotEmpty();
        assertThat(fields.text("api.operation")).isEqualTo("request.completed");
        assertThat(fields.number("api.response.code")).isEqualTo(200);
        assertThat(fields.text("actor.user.uid")).isEqualTo("k1");
        assertThat(fields.text("ai_model.name")).isEqualTo("m-1");
        assertThat(fields.text("ai_model.ai_provider")).isEqualTo("internal");
        assertThat(fields.number("message_context.prompt_tokens")).isEqualTo(7);
        assertThat(fields.number("message_context.total_tokens")).isEqualTo(16);
        assertThat(fields.text("unmapped.leaf")).isEqualTo(completed().leafHash());
        assertThat(event.toString()).doesNotContain("prompt_text");
    }

    @Test
    void ocsf_kinds_areActivitiesAndFailures() {
        assertThat(activity("key.created")).isEqualTo("600301 1");
        assertThat(activity("audit.exported")).isEqualTo("600302 1");
        assertThat(activity("quotas.replaced")).isEqualTo("600303 1");
        assertThat(activity("key.revoked")).isEqualTo("600304 1");
        assertThat(activity("request.denied")).isEqualTo("600399 2");
    }

    private static String activity(String type) {
        Map<String, Object> event = JsonReader.read(Export.Format.OCSF
                .rows()
                .row(entry(AuditRecord.of(type).actor("a").build()))
                .strip());
        return event.get("type_uid") + " " + event.get("status_id");
    }

    @Test
    void cef_anyText_isEscapedAndReadBack() {
        AuditEntry odd = entry(AuditRecord.of("admin.no|te\\")
                .actor("a=b\\c\nd|e")
                .outcome("ok")
                .build());

        String row = Export.Format.CEF.rows().row(odd);

        assertThat(row)
                .startsWith("CEF:0|Intramuros|Intramuros|1|admin.no\\|te\\\\|admin.no\\|te\\\\|3|rt=")
                .endsWith("\n");
        assertThat(row.strip()).doesNotContain("\n");
        Matcher user = Pattern.compile(" suser=((?:[^=\\\\]|\\\\.)*?) outcome=").matcher(row);
        assertThat(user.find()).isTrue();
        assertThat(user.group(1).replace("\\n", "\n").replace("\\=", "=").replace("\\\\", "\\"))
                .isEqualTo("a=b\\c\nd|e");
        assertThat(row).contains("cs4=" + odd.leafHash());
    }

    @Test
    void jsonl_row_givesTheRecordBack() {
        String row = Export.Format.JSONL.rows().row(completed());

        assertThat(Rows.Jsonl.record(row.strip())).isEqualTo(completed().json());
        assertThat(Rows.Jsonl.record("{}")).isEmpty();
    }
}
