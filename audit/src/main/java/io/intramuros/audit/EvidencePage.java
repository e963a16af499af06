// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page of an evidence pack: what it counts, by its columns. Memory for so many rows and no more. */
final class EvidencePage {
    private static final int MOST_ROWS = 5_000;

    private final EvidencePack pack;
    private final Map<List<String>, long[]> counts = new TreeMap<>(EvidencePage::compare);
    private long records;
    private long left;

    private EvidencePage(EvidencePack pack) {
        this.pack = pack;
    }

    static String of(EvidencePack pack, Path log, RecordQuery query, Instant created) throws IOException {
        EvidencePage page = new EvidencePage(pack);
        LogReading.of(log).matching(query.page(1, 0), entry -> {
            if (pack.counts(entry)) page.count(entry);
            return true;
        });
        return page.html(query, created);
    }

    private void count(AuditEntry entry) {
        records++;
        if (!pack.columns().contains("pii")) {
            add(row(entry, ""));
            return;
        }
        List<String> found = entry.names("pii");
        if (found.isEmpty()) add(row(entry, "none"));
        found.forEach(type -> add(row(entry, type)));
    }

    private List<String> row(AuditEntry entry, String finding) {
        List<String> row = new ArrayList<>();
        for (String column : pack.columns()) row.add(column.equals("pii") ? finding : entry.text(column));
        return row;
    }

    private void add(List<String> row) {
        long[] count = counts.get(row);
        if (count != null) count[0]++;
        else if (counts.size() < MOST_ROWS) counts.put(row, new long[] {1});
        else left++;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) return order;
        }
        return Integer.compare(one.size(), other.size());
    }

    private String html(RecordQuery query, Instant created) {
        StringBuilder out = new StringBuilder(4_096);
        out.append("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(text(pack.title()))
                .append("</title>\n<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}"
                        + "td,th{border:1px solid #999;padding:.3em .6em;text-align:left}"
                        + "table{border-collapse:collapse}</style>\n<h1>")
                .append(text(pack.title()))
                .append("</h1>\n<p>Made ")
                .append(created)
                .append(". Period: ")
                .append(query.from().equals(Instant.MIN) ? "from the first record" : query.from())
                .append(" to ")
                .append(query.to().equals(Instant.MAX) ? "the last signed record" : query.to())
                .append(query.team().isEmpty() ? "" : ". Team: " + text(query.team()))
                .append(query.key().isEmpty() ? "" : ". Key: " + text(query.key()))
                .append(".</p>\n<p><b>Supports</b> ")
                .append(text(pack.supports()))
                .append(".</p>\n<p><b>Cannot show</b> ")
                .append(text(pack.cannot()))
                .append(".</p>\n<p>")
                .append(records)
                .append(
                        " records. Check this pack with <code>verify --vkey FILE PACK.zip</code>: the page is as good as the"
                                + " records beside it.</p>\n");
        table(out);
        if (left > 0) out.append("<p>").append(left).append(" records are in further rows; see the records.</p>\n");
        return out.append("</html>\n").toString();
    }

    private void table(StringBuilder out) {
        out.append("<table>\n<tr>");
        for (String column : pack.columns())
            out.append("<th>")
                    .append(text(column.equals("pii") ? "found" : column))
                    .append("</th>");
        out.append("<th>records</th></tr>\n");
        counts.forEach((row, count) -> {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(text(cell)).append("</td>"));
            out.append("<td>").append(count[0]).append("</td></tr>\n");
        });
        out.append("</table>\n");
    }

    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
