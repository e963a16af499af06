// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Writes records out, one at a time and as fast as the reader takes them. Each row leads back to its leaf. */
public final class Export {
    private Export() {}

    /** The forms of an export. */
    public enum Format {
        /** A canonical JSON object a line, with the leaf's hash added. */
        JSONL("application/jsonl"),
        /** Rows for spreadsheets, which take no cell for a formula. */
        CSV("text/csv; charset=utf-8"),
        /** Open Cybersecurity Schema Framework 1.8, an event a line. */
        OCSF("application/jsonl"),
        /** Common Event Format, an event a line. */
        CEF("text/plain; charset=utf-8");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        /** What a file of this form is. */
        public String mediaType() {
            return mediaType;
        }

        Rows rows() {
            return switch (this) {
                case JSONL -> new Rows.Jsonl();
                case CSV -> new Rows.Csv();
                case OCSF -> new Ocsf();
                case CEF -> new Cef();
            };
        }

        /** The name of the file in an export. */
        String file() {
            return "records." + name().toLowerCase(Locale.ROOT) + (this == OCSF ? ".jsonl" : "");
        }
    }

    /** Writes the records of a log that a query asks for; its limit counts for nothing. */
    public static void write(Path log, RecordQuery query, Format format, OutputStream to) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        Rows rows = format.rows();
        out.write(rows.head());
        LogReading.of(log).matching(query, entry -> {
            out.write(rows.row(entry));
            return true;
        });
        out.flush();
    }
}
