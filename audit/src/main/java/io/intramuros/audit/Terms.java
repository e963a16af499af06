// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What records are found by, beside their time: {@code field=value}. */
final class Terms {
    private static final List<String> FIELDS = List.of("team", "key", "type", "outcome");

    private Terms() {}

    /** Those of fields that are not empty. */
    static List<String> of(Map<String, String> fields) {
        List<String> terms = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) terms.add(name + "=" + value);
        });
        return terms;
    }

    /** Those of a record. */
    static List<String> of(AuditEntry entry) {
        List<String> terms = new ArrayList<>();
        for (String field : FIELDS) {
            String value = entry.text(field);
            if (!value.isEmpty()) terms.add(field + "=" + value);
        }
        entry.names("pii").forEach(type -> terms.add("pii=" + type));
        return terms;
    }
}
