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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An export that proves itself: a zip with records, the checkpoints of the logs that they are from, the hashes that lead
 * from the one to the other, and a manifest. Written while it is read; memory for one page of each log.
 */
public final class Bundle {
    static final String MANIFEST = "manifest";
    static final String HEAD = "intramuros-export/v1\n";

    private final Order order;
    private final ZipOutputStream zip;
    private final List<Map<String, Object>> files = new ArrayList<>();

    /**
     * What is to be exported.
     *
     * @param logs folders, one for each gateway
     * @param formats beside JSON Lines, which is always there
     * @param signer with which the manifest is signed, or null
     * @param expected the origins of all logs that there should be; one that is not among {@code logs} is a finding
     * @param pages further files by their name, for people
     */
    public record Order(
            List<Path> logs,
            RecordQuery query,
            List<Export.Format> formats,
            @Nullable LogKey signer,
            List<String> expected,
            Map<String, String> pages) {
        public Order {
            logs = List.copyOf(logs);
            formats = List.copyOf(formats);
            expected = List.copyOf(expected);
            pages = Map.copyOf(pages);
            if (logs.isEmpty()) throw new IllegalArgumentException("logs: none (expected: at least one)");
        }

        /** Of one log, in JSON Lines. */
        public static Order of(Path log, RecordQuery query, @Nullable LogKey signer) {
            return new Order(List.of(log), query, List.of(), signer, List.of(), Map.of());
        }
    }

    private Bundle(Order order, ZipOutputStream zip) {
        this.order = order;
        this.zip = zip;
    }

    /**
     * Writes one.
     *
     * @param created what its manifest says
     */
    public static void write(Order order, Instant created, OutputStream to) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        new Bundle(order, zip).write(created);
        zip.finish();
        zip.flush();
    }

    private void write(Instant created) throws IOException {
        List<BundleLog> logs = new ArrayList<>();
        for (Path log : order.logs()) logs.add(BundleLog.of(log, order.query()));
        logs.sort(Comparator.comparing(log -> log.tree().origin()));
        List<Map<String, Object>> parts = records(logs);
        for (Export.Format format : new TreeSet<>(order.formats()))
            if (format != Export.Format.JSONL)
                merged(logs, format, found -> format.rows().row(found.entry()));
        for (int i = 0; i < logs.size(); i++) proofs(logs.get(i), "logs/" + i + "/");
        for (var page : order.pages().entrySet())
            file(page.getKey(), new long[1], out -> out.write(page.getValue().getBytes(StandardCharsets.UTF_8)));
        manifest(created, logs, parts);
    }

    /** Writes one file's content. */
    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private void file(String name, long[] rows, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        HashingStream hashing = new HashingStream(zip);
        content.to(hashing);
        zip.closeEntry();
        files.add(Map.of("name", name, "rows", rows[0], "bytes", hashing.count(), "sha256", hashing.hex()));
    }

    /** Writes the row of a record; JSON Lines say the log too. */
    private interface Row {
        String of(Merge.Found found);
    }

    private List<Map<String, Object>> records(List<BundleLog> logs) throws IOException {
        List<BundleChain> chains = logs.stream().map(_ -> new BundleChain()).toList();
        long[] counts = new long[logs.size()];
        merged(logs, Export.Format.JSONL, found -> {
            counts[found.log()]++;
            if (!order.query().team().isEmpty()) chains.get(found.log()).add(found.entry());
            String row = Export.Format.JSONL.rows().row(found.entry());
            String origin = logs.get(found.log()).tree().origin();
            return row.substring(0, row.length() - 2) + "," + CanonicalJson.members(Map.of("log", origin)) + "}\n";
        });
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) parts.add(logs.get(i).described(counts[i], chains.get(i)));
        return parts;
    }

    private void merged(List<BundleLog> logs, Export.Format format, Row row) throws IOException {
        long[] rows = new long[1];
        file(format.file(), rows, to -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
            out.write(format.rows().head());
            Merge merge = new Merge(logs, order.query());
            for (Merge.Found found = merge.next(); found != null; found = merge.next()) {
                out.write(row.of(found));
                rows[0]++;
            }
            out.flush();
        });
    }

    private void proofs(BundleLog log, String folder) throws IOException {
        file(folder + "checkpoint", new long[1], out -> out.write(log.note().getBytes(StandardCharsets.UTF_8)));
        file(folder + "leaves", new long[] {log.to() - log.from()}, out -> {
            for (long index = log.from(); index < log.to(); index++)
                out.write(log.tiles().hash(0, index));
        });
    }

    private void manifest(Instant created, List<BundleLog> logs, List<Map<String, Object>> parts) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("created", created.toString());
        all.put("query", query(order.query()));
        all.put("logs", parts);
        all.put("files", files);
        List<String> origins = logs.stream().map(log -> log.tree().origin()).toList();
        all.put(
                "missing",
                order.expected().stream()
                        .filter(name -> !origins.contains(name))
                        .toList());
        String text = HEAD + CanonicalJson.write(all) + "\n";
        LogKey signer = order.signer();
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write((signer == null ? text : text + "\n" + signer.signatureLine(text)).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static Map<String, Object> query(RecordQuery query) {
        Map<String, Object> asked = new LinkedHashMap<>();
        if (!query.from().equals(Instant.MIN)) asked.put("from", query.from().toString());
        if (!query.to().equals(Instant.MAX)) asked.put("to", query.to().toString());
        Map<String, String> terms = Map.of(
                "team", query.team(),
                "key", query.key(),
                "type", query.type(),
                "outcome", query.outcome(),
                "finding", query.finding());
        terms.forEach((name, value) -> {
            if (!value.isEmpty()) asked.put(name, value);
        });
        return asked;
    }
}
