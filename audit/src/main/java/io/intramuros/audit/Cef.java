// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** ArcSight's Common Event Format, version 0, one event a line. */
record Cef() implements Rows {
    private static final int HIGH = 6;
    private static final int LOW = 3;

    @Override
    public String head() {
        return "";
    }

    @Override
    public String row(AuditEntry entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("rt", Long.toString(entry.time().toEpochMilli()));
        fields.put("externalId", Long.toString(entry.index()));
        fields.put("suser", entry.text("actor"));
        fields.put("suid", entry.text("key"));
        fields.put("outcome", entry.text("outcome"));
        fields.put("cs1Label", "team");
        fields.put("cs1", entry.text("team"));
        fields.put("cs2Label", "model");
        fields.put("cs2", entry.text("model.served"));
        fields.put("cs3Label", "requestId");
        fields.put("cs3", entry.text("id"));
        fields.put("cs4Label", "leaf");
        fields.put("cs4", entry.leafHash());
        fields.put("cs5Label", "policy");
        fields.put("cs5", entry.text("policy"));
        fields.put("cn1Label", "httpStatus");
        fields.put("cn1", entry.text("http"));
        String extension = fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
        String type = header(entry.text("type"));
        int severity = entry.text("type").matches(".*(denied|failed|orphaned|degraded)") ? HIGH : LOW;
        return "CEF:0|Intramuros|Intramuros|1|" + type + "|" + type + "|" + severity + "|" + extension + "\n";
    }

    private static String header(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("\r", " ");
    }

    private static String value(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
