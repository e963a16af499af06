// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Verifies an export by public keys alone: that its manifest is signed and every file is what it says, that the records
 * lead to the checkpoints of their logs, and that none of those asked for is left out. Memory for a line.
 */
public final class BundleCheck {
    private final ZipFile zip;
    private final Map<String, VerifierKey> keys;
    private final ExportManifest manifest;

    private BundleCheck(ZipFile zip, Map<String, VerifierKey> keys, ExportManifest manifest) {
        this.zip = zip;
        this.keys = keys;
        this.manifest = manifest;
    }

    /** Ends the check with what it found. */
    static final class Found extends Exception {
        private static final long serialVersionUID = 1;

        private final Verify.Verdict verdict;
        private final long index;

        Found(Verify.Verdict verdict, long index, String says) {
            super(says, null, false, false);
            this.verdict = verdict;
            this.index = index;
        }

        Found(Verify.Verdict verdict, String says) {
            this(verdict, -1, says);
        }

        Verify.Report report() {
            return new Verify.Report(verdict, 0, index, String.valueOf(getMessage()));
        }
    }

    /**
     * Verifies one.
     *
     * @param keys of all logs that it is from
     * @throws IOException if it cannot be read
     */
    public static Verify.Report verify(Path export, List<VerifierKey> keys) throws IOException {
        Map<String, VerifierKey> byName =
                keys.stream().collect(Collectors.toMap(VerifierKey::name, key -> key, (first, _) -> first));
        try (ZipFile zip = new ZipFile(export.toFile(), StandardCharsets.UTF_8)) {
            ZipEntry entry = zip.getEntry(Bundle.MANIFEST);
            if (entry == null) throw new Found(Verify.Verdict.INCOMPLETE, "there is no manifest");
            ExportManifest manifest = ExportManifest.parse(read(zip, entry));
            return new BundleCheck(zip, byName, manifest).run();
        } catch (Found found) {
            return found.report();
        } catch (IllegalArgumentException e) {
            return new Verify.Report(Verify.Verdict.TAMPERED, 0, -1, String.valueOf(e.getMessage()));
        } catch (ZipException e) {
            return new Verify.Report(Verify.Verdict.TAMPERED, 0, -1, "the zip is damaged: " + e.getMessage());
        }
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private Verify.Report run() throws IOException, Found {
        signatures();
        files();
        List<ExportManifest.Part> parts = manifest.logs();
        Map<String, BundleTree> trees = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) trees.put(parts.get(i).origin(), tree(parts.get(i), "logs/" + i + "/"));
        long rows = records(trees);
        if (!manifest.missing().isEmpty())
            throw new Found(Verify.Verdict.INCOMPLETE, "logs are missing: " + String.join(", ", manifest.missing()));
        String complete = completeness(parts, trees);
        String says = rows + " records of " + parts.size() + " logs, " + complete;
        return manifest.note() == null
                ? new Verify.Report(Verify.Verdict.UNSIGNED_TAIL, rows, -1, says + "; the manifest is not signed")
                : new Verify.Report(Verify.Verdict.OK, rows, -1, says);
    }

    private void signatures() throws Found {
        SignedNote note = manifest.note();
        if (note == null) return;
        boolean signed = manifest.logs().stream()
                .map(part -> keys.get(part.origin()))
                .anyMatch(key -> key != null && key.verifiesText(note));
        boolean named = note.lines().stream().anyMatch(line -> {
            VerifierKey key = keys.get(line.name());
            return key != null && key.isOf(line);
        });
        if (!signed)
            throw named
                    ? new Found(Verify.Verdict.TAMPERED, "the manifest's signature is wrong")
                    : new Found(Verify.Verdict.UNKNOWN_KEY, "the manifest is not signed by these keys");
    }

    private void files() throws IOException, Found {
        Set<String> there = new TreeSet<>();
        for (ZipEntry entry : Collections.list(zip.entries()))
            if (!there.add(entry.getName())) throw new Found(Verify.Verdict.TAMPERED, "a file is there twice");
        there.remove(Bundle.MANIFEST);
        for (ExportManifest.Listed listed : manifest.files()) {
            ZipEntry entry = zip.getEntry(listed.name());
            if (entry == null || !there.remove(listed.name()))
                throw new Found(Verify.Verdict.INCOMPLETE, "a file of the manifest is missing: " + listed.name());
            HashingStream hashing = new HashingStream(OutputStream.nullOutputStream());
            try (InputStream in = zip.getInputStream(entry)) {
                in.transferTo(hashing);
            }
            if (hashing.count() != listed.bytes() || !hashing.hex().equals(listed.sha256()))
                throw new Found(Verify.Verdict.TAMPERED, "the file " + listed.name() + " is not as in the manifest");
        }
        if (!there.isEmpty())
            throw new Found(Verify.Verdict.TAMPERED, "there are files that the manifest does not list");
    }

    private BundleTree tree(ExportManifest.Part part, String folder) throws IOException, Found {
        ZipEntry note = zip.getEntry(folder + "checkpoint");
        ZipEntry leaves = zip.getEntry(folder + "leaves");
        if (note == null || leaves == null)
            throw new Found(Verify.Verdict.INCOMPLETE, "the proofs of a log are missing");
        VerifierKey key = keys.get(part.origin());
        if (key == null) throw new Found(Verify.Verdict.UNKNOWN_KEY, "there is no key for the log " + part.origin());
        return switch (Checkpoint.open(read(zip, note), key)) {
            case Checkpoint.Opened.Good(Checkpoint tree) -> {
                BundleTree.check(part, tree, zip.getInputStream(leaves));
                yield new BundleTree(part, zip.getInputStream(leaves));
            }
            case Checkpoint.Opened.UnknownKey() ->
                throw new Found(Verify.Verdict.UNKNOWN_KEY, "a checkpoint is not signed by the key of its log");
            case Checkpoint.Opened.Bad(String why) ->
                throw new Found(Verify.Verdict.TAMPERED, "a checkpoint is " + why);
        };
    }

    private long records(Map<String, BundleTree> trees) throws IOException, Found {
        ZipEntry entry = zip.getEntry(Export.Format.JSONL.file());
        if (entry == null) throw new Found(Verify.Verdict.INCOMPLETE, "the records are missing");
        long rows = 0;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine(), rows++) {
                String record = Rows.Jsonl.record(line);
                if (record.isEmpty()) throw new Found(Verify.Verdict.TAMPERED, "row " + rows + " is no record");
                AuditEntry said = AuditEntry.of(0, line.getBytes(StandardCharsets.UTF_8));
                BundleTree tree = trees.get(said.text("log"));
                if (tree == null)
                    throw new Found(Verify.Verdict.TAMPERED, "row " + rows + " is of no log of this export");
                tree.add(AuditEntry.of(said.number("idx"), record.getBytes(StandardCharsets.UTF_8)), manifest.query());
            }
        }
        return rows;
    }

    private String completeness(List<ExportManifest.Part> parts, Map<String, BundleTree> trees) throws Found {
        List<String> asked = new ArrayList<>();
        for (Object name : manifest.query().keySet()) asked.add(String.valueOf(name));
        asked.removeAll(List.of("from", "to"));
        for (ExportManifest.Part part : parts) {
            BundleTree tree = trees.get(part.origin());
            if (tree != null) tree.demand(asked.isEmpty(), asked.equals(List.of("team")));
        }
        if (asked.isEmpty()) return "all of the period";
        return asked.equals(List.of("team"))
                ? "all of the team's in the period"
                : "each of which is in its log; that none is left out is not shown for " + String.join(", ", asked);
    }
}
