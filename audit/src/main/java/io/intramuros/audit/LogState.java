// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds when it is opened: every record is read and held against the last checkpoint.
 *
 * @param tail what is not signed yet
 * @param end where its segments end
 * @param newest the time of the last record
 */
record LogState(
        Volumes volumes,
        TileFiles files,
        Publisher publisher,
        Frontier tree,
        Chains chains,
        Tail tail,
        Segments.End end,
        Instant newest) {
    /**
     * Reads a log.
     *
     * @throws IOException if records that were signed are missing or others, one that was acknowledged is damaged, or the
     *     disk fails
     */
    static LogState read(
            AuditSettings settings, Volumes volumes, Disk disk, Checkpoint signed, Consumer<AuditEntry> also)
            throws IOException {
        TileFiles files = new TileFiles(volumes::now, disk);
        files.findPartials();
        List<Path> segments = Kept.list(settings.folder());
        Publisher publisher = new Publisher(settings, files, signed);
        publisher.begin(segments);
        Chains chains = Pruned.chains(settings, Kept.first(segments));
        Frontier tree = Kept.frontier(settings.folder(), segments);
        Tail tail = new Tail(
                segments.isEmpty() ? signed.size() : Math.max(signed.size(), Segments.first(segments.getLast())));
        AtomicReference<@Nullable AuditEntry> newest = new AtomicReference<>();
        Segments.End end = Segments.read(segments, tree, (index, leaf, hash) -> {
            hold(tree, signed);
            AuditEntry entry = entry(index, leaf);
            tail.add(tree, leaf);
            publisher.restore(leaf, hash);
            chains.add(entry.text("team"), hash);
            newest.setPlain(entry);
            also.accept(entry);
        });
        hold(tree, signed);
        if (!end.fault().isEmpty() || end.size() < signed.size())
            throw changed((end.fault().isEmpty() ? "records are missing" : end.fault()) + " after record "
                    + (end.size() - 1) + " in " + end.file() + " at byte " + end.offset());
        publisher.restored(Checkpoint.of(signed.origin(), tree.size(), tree.root()));
        AuditEntry last = newest.getPlain();
        return new LogState(
                volumes, files, publisher, tree, chains, tail, end, last == null ? Instant.EPOCH : last.time());
    }

    private static void hold(Frontier tree, Checkpoint signed) throws IOException {
        if (tree.size() == signed.size() && !Arrays.equals(tree.root(), signed.root()))
            throw changed("its records do not hash to its checkpoint");
    }

    private static AuditEntry entry(long index, byte[] leaf) throws IOException {
        try {
            return AuditEntry.of(index, leaf);
        } catch (IllegalArgumentException e) {
            throw new IOException("audit log: record " + index + " cannot be read", e);
        }
    }

    private static IOException changed(String what) {
        return new IOException(
                "audit log: " + what + " (expected: as written; keep the folder and ask for help, or begin a new one)");
    }

    /** A record that another key signs from now on, where the last checkpoint is of an earlier one. */
    static Optional<AuditRecord> rotation(AuditSettings settings) throws IOException {
        Path file = Volumes.find(settings.folder(), "checkpoint");
        if (settings.earlier().isEmpty() || !Files.exists(file)) return Optional.empty();
        byte[] note = Files.readAllBytes(file);
        if (Checkpoint.open(note, settings.key().verifier()) instanceof Checkpoint.Opened.Good) return Optional.empty();
        for (VerifierKey before : settings.earlier())
            if (Checkpoint.open(note, before) instanceof Checkpoint.Opened.Good)
                return Optional.of(AuditRecord.of("system.key_rotated")
                        .with("from", HexFormat.of().toHexDigits(before.id()))
                        .with(
                                "to",
                                HexFormat.of()
                                        .toHexDigits(settings.key().verifier().id()))
                        .build());
        return Optional.empty();
    }

    /** The checkpoint that a log has; that of an empty one where it has none and no records either. */
    static Checkpoint signed(AuditSettings settings) throws IOException {
        Path file = Volumes.find(settings.folder(), "checkpoint");
        boolean known = !Kept.list(settings.folder()).isEmpty();
        if (known && !Files.exists(file)) throw changed("it has records and no checkpoint");
        if (!Files.exists(file)) return Checkpoint.of(settings.key().name(), 0, Hashes.empty());
        return switch (Checkpoint.open(Files.readAllBytes(file), settings.verifier())) {
            case Checkpoint.Opened.Good(Checkpoint checkpoint) -> checkpoint;
            case Checkpoint.Opened.UnknownKey() ->
                throw new IOException("audit log: its checkpoint is of another key (expected: this installation's)");
            case Checkpoint.Opened.Bad(String why) ->
                throw new IOException("audit log: its checkpoint is " + why + " (expected: as written)");
        };
    }
}
