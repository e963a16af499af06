// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.List;
import java.util.stream.Collectors;

/** A form that records are exported in: one row each. */
sealed interface Rows permits Rows.Jsonl, Rows.Csv, Ocsf, Cef {
    /** What stands before the first row. */
    String head();

    /** The row of a record. */
    String row(AuditEntry entry);

    /** A canonical JSON object a line, with the leaf's hash added. */
    record Jsonl() implements Rows {
        @Override
        public String head() {
            return "";
        }

        @Override
        public String row(AuditEntry entry) {
            String json = entry.json();
            return json.substring(0, json.length() - 1) + ",\"leaf\":\"" + entry.leafHash() + "\"}\n";
        }

        /** The record that a row was made of; an empty text where it is no such row. */
        static String record(String row) {
            int at = row.lastIndexOf(",\"leaf\":\"");
            return at < 0 || !row.endsWith("\"}") ? "" : row.substring(0, at) + "}";
        }
    }

    /** Rows for spreadsheets, which take no cell for a formula. */
    record Csv() implements Rows {
        private static final List<String> COLUMNS = List.of(
                "idx",
                "ts",
                "type",
                "id",
                "team",
                "project",
                "key",
                "actor",
                "model.asked",
                "model.served",
                "node",
                "policy",
                "tokens.in",
                "tokens.out",
                "outcome",
                "http");
        /** What may begin a formula, and its wide forms, which some spreadsheets take for the same. */
        private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

        @Override
        public String head() {
            return String.join(",", COLUMNS) + ",leaf\r\n";
        }

        @Override
        public String row(AuditEntry entry) {
            return COLUMNS.stream().map(column -> cell(entry.text(column))).collect(Collectors.joining(",")) + ","
                    + entry.leafHash() + "\r\n";
        }

        /** A cell that no spreadsheet takes for a formula (OWASP, CSV injection). */
        private static String cell(String text) {
            String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
            return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                    ? '"' + safe.replace("\"", "\"\"") + '"'
                    : safe;
        }
    }
}
