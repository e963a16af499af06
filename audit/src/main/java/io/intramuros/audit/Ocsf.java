// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of the Open Cybersecurity Schema Framework 1.8: API Activity (6003) with the profile {@code ai_operation}, one a
 * line. No text of a prompt or an answer is in a record, so none is here.
 */
record Ocsf() implements Rows {
    private static final int CLASS = 6_003;
    private static final int CATEGORY = 6;
    private static final int CREATE = 1;
    private static final int READ = 2;
    private static final int UPDATE = 3;
    private static final int DELETE = 4;
    private static final int OTHER = 99;
    private static final int INFORMATIONAL = 1;
    private static final int MEDIUM = 3;
    private static final int ASSISTANT = 2;

    @Override
    public String head() {
        return "";
    }

    @Override
    public String row(AuditEntry entry) {
        int activity = activity(entry.text("type"));
        boolean failed = isFailure(entry);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("activity_id", activity);
        event.put("category_uid", CATEGORY);
        event.put("class_uid", CLASS);
        event.put("type_uid", CLASS * 100 + activity);
        event.put("time", entry.time().toEpochMilli());
        event.put("severity_id", failed ? MEDIUM : INFORMATIONAL);
        event.put("status_id", failed ? 2 : 1);
        put(event, "status_detail", entry.text("outcome"));
        event.put("metadata", metadata(entry));
        event.put("actor", actor(entry));
        event.put("api", api(entry));
        event.put("src_endpoint", Map.of("name", "not recorded"));
        model(event, entry);
        event.put(
                "unmapped",
                Map.of("leaf", entry.leafHash(), "policy", entry.text("policy"), "pii", entry.object("pii")));
        return CanonicalJson.write(event) + "\n";
    }

    private static Map<String, Object> metadata(AuditEntry entry) {
        return Map.of(
                "version",
                "1.8.0",
                "profiles",
                List.of("ai_operation"),
                "product",
                Map.of("name", "Intramuros", "vendor_name", "The Intramuros Authors"),
                "event_code",
                entry.text("type"),
                "sequence",
                entry.index(),
                "uid",
                entry.leafHash());
    }

    private static Map<String, Object> actor(AuditEntry entry) {
        String who = entry.text("actor").isEmpty() ? entry.text("key") : entry.text("actor");
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("uid", who.isEmpty() ? "system" : who);
        user.put("type_id", entry.text("actor").isEmpty() ? 3 : 2);
        if (!entry.text("team").isEmpty())
            user.put("groups", List.of(Map.of("name", entry.text("team"), "type", "team")));
        return Map.of("user", user);
    }

    private static Map<String, Object> api(AuditEntry entry) {
        Map<String, Object> api = new LinkedHashMap<>();
        api.put("operation", entry.text("type"));
        api.put("service", Map.of("name", "intramuros"));
        if (!entry.text("id").isEmpty()) api.put("request", Map.of("uid", entry.text("id")));
        if (entry.number("http") > 0) api.put("response", Map.of("code", entry.number("http")));
        return api;
    }

    private static void model(Map<String, Object> event, AuditEntry entry) {
        if (entry.text("model.served").isEmpty()) return;
        event.put("ai_model", Map.of("name", entry.text("model.served"), "ai_provider", "internal"));
        long in = entry.number("tokens.in");
        long out = entry.number("tokens.out");
        event.put(
                "message_context",
                Map.of(
                        "ai_role_id",
                        ASSISTANT,
                        "service",
                        Map.of("name", "intramuros"),
                        "uid",
                        entry.text("id"),
                        "prompt_tokens",
                        in,
                        "completion_tokens",
                        out,
                        "total_tokens",
                        in + out));
    }

    private static boolean isFailure(AuditEntry entry) {
        return switch (entry.text("type")) {
            case "request.denied", "request.failed", "request.orphaned", "auth.failed", "audit.degraded" -> true;
            default -> false;
        };
    }

    private static int activity(String type) {
        String verb = type.substring(type.lastIndexOf('.') + 1);
        return switch (verb) {
            case "created", "admitted" -> CREATE;
            case "read", "exported", "searched", "verified" -> READ;
            case "changed", "rotated", "replaced", "set" -> UPDATE;
            case "revoked", "deleted", "pruned", "lifted" -> DELETE;
            default -> OTHER;
        };
    }

    private static void put(Map<String, Object> event, String name, String value) {
        if (!value.isEmpty()) event.put(name, value);
    }
}
