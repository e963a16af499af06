// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes records out, one at a time and as fast as the reader takes them. Each row leads back to its leaf. */
public final class Export {
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

    private Export() {}

    /** The forms of an export. */
    public enum Format {
        /** A canonical JSON object a line, with the leaf's hash added. */
        JSONL,
        /** Rows for spreadsheets, which take no cell for a formula. */
        CSV
    }

    /** Writes the records of a log that a query asks for; its limit and cursor count for nothing. */
    public static void write(Path log, RecordQuery query, Format format, OutputStream to) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        if (format == Format.CSV) out.write(String.join(",", COLUMNS) + ",leaf\r\n");
        try {
            LogReading.of(log).each(entry -> {
                if (query.matches(entry)) row(entry, format, out);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private static void row(AuditEntry entry, Format format, Writer out) {
        try {
            switch (format) {
                case JSONL ->
                    out.write(entry.json().substring(0, entry.json().length() - 1) + ",\"leaf\":\"" + entry.leafHash()
                            + "\"}\n");
                case CSV ->
                    out.write(COLUMNS.stream()
                                    .map(column -> cell(entry.text(column)))
                                    .collect(Collectors.joining(","))
                            + "," + entry.leafHash() + "\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell that no spreadsheet takes for a formula (OWASP, CSV injection). */
    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
