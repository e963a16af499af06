// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.TextSlot;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Names the kind of field that a text stands in, in words of ours: a caller's own names never go into a record. */
final class FieldKinds {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final Set<String> LISTS = Set.of("messages", "input");
    private static final Set<String> CONTENTS = Set.of("content", "text", "refusal", "thinking", "output");
    private static final Set<String> FIELDS = Set.of(
            "system",
            "instructions",
            "prompt",
            "suffix",
            "input",
            "documents",
            "query",
            "tools",
            "functions",
            "metadata",
            "user",
            "stop",
            "response_format",
            "messages");

    private FieldKinds() {}

    /** The kind of a slot of {@code body}. */
    static String of(TextSlot slot, JsonNode body) {
        String[] path = slot.pointer().split("/", -1);
        String field = path.length > 1 ? path[1] : "";
        String kind = FIELDS.contains(field) ? field : "other";
        if (LISTS.contains(field) && path.length > 3 && isIndex(path[2])) {
            String role = body.path(field)
                    .path(Integer.parseInt(path[2]))
                    .path("role")
                    .asString("");
            kind = (ROLES.contains(role) ? role : field) + part(slot, path);
        }
        return slot.form() == TextSlot.Form.NAME ? kind + ".key" : kind;
    }

    private static String part(TextSlot slot, String[] path) {
        if (slot.form() == TextSlot.Form.JSON) return ".arguments";
        if (path[3].equals("name")) return ".name";
        return CONTENTS.contains(path[3]) ? "" : ".other";
    }

    private static boolean isIndex(String text) {
        return !text.isEmpty() && text.length() < 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
