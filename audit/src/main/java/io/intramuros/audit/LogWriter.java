// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the log, each with one force, and signs the tree. For one thread.
 *
 * <p>A write or force that fails poisons the segment: nobody knows what of it is on the disk, and a later force that
 * succeeds says nothing about it. It is never written again; the next batch begins a new segment at the last commit.
 */
final class LogWriter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final AuditSettings settings;
    private final Disk disk;
    private final TileFiles files;
    private final Tiles tiles;
    /** Full tiles that wait for the next checkpoint to be written. */
    private final Map<String, byte[]> full = new LinkedHashMap<>();

    private Frontier tree;
    private Instant last = Instant.EPOCH;
    private long signed;
    private Disk.@Nullable Output segment;

    LogWriter(AuditSettings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
        this.files = new TileFiles(settings.folder(), disk);
        this.tree = new Frontier();
        // Full tiles up to the last checkpoint are on the disk; those after it may be torn, and are written again.
        this.tiles = new Tiles((path, content, end) -> {
            if (end > signed) full.put(path, content);
        });
    }

    long size() {
        return tree.size();
    }

    /** Whether the log grew since it was signed. */
    boolean isUnsigned() {
        return tree.size() != signed || !Files.exists(settings.folder().resolve("checkpoint"));
    }

    /**
     * Takes up a log where the last process left it, and opens its last segment. What no commit covers is left out.
     *
     * @return the bytes that are left out
     * @throws IOException if records that were signed are missing or others, or it cannot be written
     */
    long recover(Checkpoint signedBefore, Consumer<AuditEntry> also) throws IOException {
        signed = signedBefore.size();
        files.findPartials();
        List<Path> segments = Segments.list(settings.folder());
        Tail tail = new Tail(segments.isEmpty() ? signed : Math.max(signed, Segments.first(segments.getLast())));
        AtomicReference<@Nullable AuditEntry> newest = new AtomicReference<>();
        Segments.End end = Segments.read(settings.folder(), (index, leaf, hash) -> {
            tail.add(tree, leaf);
            tree.add(hash);
            tiles.add(leaf, hash);
            if (tree.size() == signed && !Arrays.equals(tree.root(), signedBefore.root()))
                throw changed("its records do not hash to its checkpoint");
            AuditEntry entry = AuditEntry.of(index, leaf);
            newest.setPlain(entry);
            also.accept(entry);
        });
        AuditEntry before = newest.getPlain();
        if (before != null) last = before.time();
        if (!end.fault().isEmpty() || end.size() < signed)
            throw changed((end.fault().isEmpty() ? "records are missing" : end.fault()) + " after record "
                    + (end.size() - 1) + " in " + end.file());
        if (!end.file().isEmpty()) openLast(tail, end);
        return end.leftover();
    }

    private static IOException changed(String what) {
        return new IOException(
                "audit log: " + what + " (expected: as written; keep the folder and ask for help, or begin a new one)");
    }

    /**
     * What stands after the last checkpoint may have been read from memory alone: a force that failed leaves it there,
     * and no later force of that file brings it to the disk. So it is written anew, in a segment that supersedes it.
     */
    private void openLast(Tail tail, Segments.End end) throws IOException {
        if (end.leftover() == 0 && tail.isEmpty()) {
            // The last process may have ended between naming it and making its name durable.
            files.makeFolder(Segments.folder(settings.folder()));
            disk.forceFolder(Segments.folder(settings.folder()));
            segment = disk.append(Segments.folder(settings.folder()).resolve(end.file()));
            return;
        }
        segment = beginSegment(tail.isEmpty() ? tree.size() : tail.first(), tail.bytes(tree));
    }

    /** Makes a segment with its header and what else it begins with, all of it or nothing, and opens it. */
    private Disk.Output beginSegment(long first, byte[] content) throws IOException {
        Path file = Segments.file(settings.folder(), first);
        files.write(settings.folder().relativize(file).toString(), content);
        return disk.append(file);
    }

    /**
     * Makes a batch durable.
     *
     * @return the index of its first record
     * @throws IOException if it is not durable; none of it is in the log then
     */
    long append(List<AuditRecord> records) throws IOException {
        List<byte[]> leaves = new ArrayList<>(records.size());
        Frontier next = tree.copy();
        Instant now = settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
        Instant time = now.isBefore(last) ? last : now;
        List<byte[]> hashes = new ArrayList<>(records.size());
        int bytes = Frames.COMMIT_BYTES;
        for (AuditRecord record : records) {
            byte[] leaf = record.json(next.size(), TIME.format(time)).getBytes(StandardCharsets.UTF_8);
            leaves.add(leaf);
            hashes.add(Hashes.leaf(leaf));
            next.add(hashes.getLast());
            bytes += Frames.FRAME_HEAD_BYTES + 1 + leaf.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        leaves.forEach(leaf -> Frames.entry(buffer, leaf));
        Frames.commit(buffer, next.size(), next.root());
        write(buffer.flip());
        long first = tree.size();
        tree = next;
        last = time;
        for (int i = 0; i < leaves.size(); i++) tiles.add(leaves.get(i), hashes.get(i));
        return first;
    }

    private void write(ByteBuffer buffer) throws IOException {
        try {
            Disk.Output out = segment();
            out.write(buffer);
            out.force();
        } catch (IOException e) {
            poison(e);
            throw e;
        }
    }

    private Disk.Output segment() throws IOException {
        Disk.Output open = segment;
        if (open != null && open.size() < settings.segmentBytes()) return open;
        if (open != null) {
            open.close();
            sign();
        }
        segment = null;
        // A file of this name is one that never got a commit, and gives way.
        Disk.Output fresh = beginSegment(
                tree.size(), Frames.header(tree.size(), tree.root()).array());
        segment = fresh;
        return fresh;
    }

    private void poison(IOException cause) {
        Disk.Output poisoned = segment;
        segment = null;
        if (poisoned == null) return;
        try {
            poisoned.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Signs what the log holds. */
    void sign() throws IOException {
        if (!isUnsigned()) return;
        for (Iterator<Map.Entry<String, byte[]>> left = full.entrySet().iterator(); left.hasNext(); left.remove()) {
            Map.Entry<String, byte[]> tile = left.next();
            files.tile(tile.getKey(), tile.getValue());
        }
        Checkpoint checkpoint = Checkpoint.of(settings.key().name(), tree.size(), tree.root());
        files.checkpoint(tiles, checkpoint.signed(settings.key()));
        signed = tree.size();
    }

    /** Puts the public key beside the log, for whoever takes it along. */
    void publishKey() throws IOException {
        Path file = settings.folder().resolve("vkey");
        byte[] vkey = (settings.key().verifier() + "\n").getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), vkey)) files.write("vkey", vkey);
    }

    Checkpoint checkpoint() {
        return Checkpoint.of(settings.key().name(), tree.size(), tree.root());
    }

    boolean isLow() throws IOException {
        return disk.free(settings.folder()) < settings.lowWaterBytes();
    }

    /** Lets the files go; what is not signed stays so. */
    void close() throws IOException {
        Disk.Output open = segment;
        segment = null;
        if (open != null) open.close();
    }
}
