// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A proof that one record is in a log, in a file of its own (c2sp.org/tlog-proof): whoever has the record, this and the
 * log's public key needs nothing else.
 *
 * @param index the record's
 * @param path the hashes from its sibling up, in hexadecimal digits
 * @param note the log's checkpoint
 */
public record TlogProof(long index, List<String> path, String note) {
    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final int MOST_HASHES = 63;

    public TlogProof {
        path = List.copyOf(path);
        if (index < 0) throw new IllegalArgumentException("index: " + index + " (expected: >= 0)");
    }

    /**
     * The proof of a record, from the tiles of its log.
     *
     * @throws IOException if the tiles cannot be read, or do not lead to the checkpoint
     */
    public static TlogProof of(Path log, long index) throws IOException {
        Head head = Head.of(log);
        Checkpoint tree = head.tree();
        TileReader tiles = new TileReader(log, tree.size());
        if (index >= tree.size())
            throw new IllegalArgumentException(
                    "index: " + index + " (expected: below " + tree.size() + ", what is signed)");
        List<byte[]> path = Proofs.inclusion(index, tree.size(), tiles);
        if (!Proofs.includes(tiles.hash(0, index), index, tree, path))
            throw new IOException("audit log: its tiles do not lead to its checkpoint (expected: a log that verifies)");
        HexFormat hex = HexFormat.of();
        return new TlogProof(index, path.stream().map(hex::formatHex).toList(), head.note());
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TlogProof parse(String written) {
        int end = written.indexOf("\n\n");
        if (end < 0) throw wrong();
        List<String> lines = new ArrayList<>(List.of(written.substring(0, end).split("\n", -1)));
        if (!lines.removeFirst().equals(HEAD)) throw wrong();
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) lines.removeFirst();
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9]\\d{0,17})")) throw wrong();
        long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
        if (lines.size() > MOST_HASHES) throw wrong();
        List<String> path = new ArrayList<>();
        for (String line : lines) {
            byte[] hash = Checkpoint.decoded(line);
            if (hash == null || hash.length != Hashes.BYTES) throw wrong();
            path.add(HexFormat.of().formatHex(hash));
        }
        return new TlogProof(index, path, written.substring(end + 2));
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("proof: not readable (expected: " + HEAD + ")");
    }

    /** The written form. */
    public String written() {
        StringBuilder out = new StringBuilder(HEAD + "\nindex " + index + "\n");
        for (String hash : path)
            out.append(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash)))
                    .append('\n');
        return out.append('\n').append(note).toString();
    }

    /**
     * Checks that a log with this key has the record.
     *
     * @param record the canonical JSON, to the byte
     */
    public Verify.Report verify(VerifierKey key, String record) {
        return switch (Checkpoint.open(note.getBytes(StandardCharsets.UTF_8), key)) {
            case Checkpoint.Opened.Good(Checkpoint tree) -> verify(tree, record);
            case Checkpoint.Opened.UnknownKey() ->
                new Verify.Report(Verify.Verdict.UNKNOWN_KEY, 0, -1, "the checkpoint is not signed by this key");
            case Checkpoint.Opened.Bad(String why) ->
                new Verify.Report(Verify.Verdict.TAMPERED, 0, -1, "the checkpoint is " + why);
        };
    }

    private Verify.Report verify(Checkpoint tree, String record) {
        byte[] leaf = Hashes.leaf(record.getBytes(StandardCharsets.UTF_8));
        List<byte[]> hashes = path.stream().map(HexFormat.of()::parseHex).toList();
        return Proofs.includes(leaf, index, tree, hashes)
                ? new Verify.Report(Verify.Verdict.OK, tree.size(), -1, "record " + index + " of " + tree.size())
                : new Verify.Report(
                        Verify.Verdict.TAMPERED, tree.size(), index, "this record does not lead to the checkpoint");
    }
}
