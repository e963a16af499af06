// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how far others' logs had grown, on its own disk, and signs only what grew from there (c2sp.org/tlog-witness):
 * so whoever has a log's key and disk cannot put an old copy in place unseen. Any number of threads.
 */
public final class Witness {
    private static final int MOST_PROOF_LINES = 63;

    private final Path folder;
    private final Disk disk;
    private final LogKey key;
    private final Map<String, VerifierKey> logs;
    private final InstantSource clock;

    /**
     * What is answered.
     *
     * @param status of HTTP: 200, 400, 403, 404, 409 or 422
     * @param type of the body
     */
    public record Answer(int status, String type, String body) {}

    /**
     * A witness.
     *
     * @param folder which exists
     * @param key with which it signs, of {@link LogKey#witness}
     * @param logs whose checkpoints it signs
     */
    public Witness(Path folder, LogKey key, List<VerifierKey> logs, InstantSource clock) {
        this(folder, Disk.REAL, key, logs, clock);
    }

    Witness(Path folder, Disk disk, LogKey key, List<VerifierKey> logs, InstantSource clock) {
        this.folder = folder;
        this.disk = disk;
        this.key = key;
        this.logs = logs.stream().collect(Collectors.toUnmodifiableMap(VerifierKey::name, log -> log));
        this.clock = clock;
    }

    /** The key that its signatures are checked with. */
    public VerifierKey verifier() {
        return key.verifier();
    }

    /** What is submitted. */
    private record Submitted(long old, List<byte[]> proof, String written) {
        byte[] note() {
            return written.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Answers {@code add-checkpoint}.
     *
     * @throws IOException if what it saw cannot be kept; nothing is signed then
     */
    public synchronized Answer addCheckpoint(byte[] body) throws IOException {
        Submitted submitted = parse(new String(body, StandardCharsets.UTF_8));
        if (submitted == null) return text(400, "not an add-checkpoint request");
        SignedNote note = SignedNote.parse(submitted.note());
        Checkpoint claimed = note == null ? null : Checkpoint.parse(note.text());
        if (claimed == null) return text(400, "no checkpoint");
        VerifierKey log = logs.get(claimed.origin());
        if (log == null) return text(404, "unknown log");
        if (!(Checkpoint.open(submitted.note(), log) instanceof Checkpoint.Opened.Good(Checkpoint tree)))
            return text(403, "not signed by that log");
        return submitted.old() > tree.size() ? text(400, "the old size is the larger one") : judge(submitted, tree);
    }

    private Answer judge(Submitted submitted, Checkpoint tree) throws IOException {
        Checkpoint seen = seen(tree.origin());
        if (submitted.old() != seen.size()) return new Answer(409, "text/x.tlog.size", seen.size() + "\n");
        if (tree.size() == seen.size() && !Arrays.equals(tree.root(), seen.root()))
            return new Answer(409, "text/x.tlog.size", seen.size() + "\n");
        if (!Proofs.grew(seen, tree, submitted.proof())) return text(422, "it did not grow from what was seen");
        new TileFiles(folder, disk).write(file(tree.origin()), submitted.note());
        return new Answer(200, "text/plain", key.signatureLines(tree, clock.instant()));
    }

    private Checkpoint seen(String origin) throws IOException {
        Path file = folder.resolve(file(origin));
        if (!Files.exists(file)) return Checkpoint.of(origin, 0, Hashes.empty());
        SignedNote note = SignedNote.parse(Files.readAllBytes(file));
        Checkpoint seen = note == null ? null : Checkpoint.parse(note.text());
        if (seen == null) throw new IOException("witness: what it saw cannot be read (expected: as written)");
        return seen;
    }

    private static String file(String origin) {
        byte[] name = Hashes.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(name) + ".checkpoint";
    }

    private static @Nullable Submitted parse(String body) {
        int end = body.indexOf("\n\n");
        if (end < 0) return null;
        String[] lines = body.substring(0, end).split("\n", -1);
        if (!lines[0].matches("old (0|[1-9]\\d{0,17})") || lines.length > MOST_PROOF_LINES + 1) return null;
        List<byte[]> proof = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            byte[] hash = Checkpoint.decoded(line);
            if (hash == null || hash.length != Hashes.BYTES) return null;
            proof.add(hash);
        }
        long old = Long.parseLong(lines[0].substring("old ".length()));
        return new Submitted(old, proof, body.substring(end + 2));
    }

    private static Answer text(int status, String says) {
        return new Answer(status, "text/plain", says + "\n");
    }

    /**
     * What a log sends to a witness.
     *
     * @param log its folder
     * @param old the size that the witness saw last, at most what is signed
     */
    public static byte[] request(Path log, long old) throws IOException {
        return request(log, Head.of(log), old);
    }

    static byte[] request(Path log, Head head, long old) throws IOException {
        Checkpoint tree = head.tree();
        StringBuilder out = new StringBuilder("old " + old + "\n");
        for (byte[] hash : Proofs.consistency(old, tree.size(), new TileReader(log, tree.size())))
            out.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        return out.append('\n').append(head.note()).toString().getBytes(StandardCharsets.UTF_8);
    }
}
