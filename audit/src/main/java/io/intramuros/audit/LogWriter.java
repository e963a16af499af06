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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the log, each with one force. For one thread; another may publish.
 *
 * <p>A write or force that fails poisons the segment: nobody knows what of it is on the disk, and a later force that
 * succeeds says nothing about it. It is never written again; the next batch begins a new segment at the last commit.
 */
final class LogWriter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    /** What may wait for a checkpoint: a start keeps as much in memory. */
    private static final long MOST_UNSIGNED_BYTES = 64L << 20;

    private final AuditSettings settings;
    private final Disk disk;
    private final Volumes volumes;
    private final TileFiles files;
    private final Publisher publisher;
    private final Chains chains;
    private Frontier tree;
    private Instant last;
    private Disk.@Nullable Output segment;
    /** The folder that it is in. */
    private @Nullable Path segmentIn;

    private boolean isLast;

    private LogWriter(AuditSettings settings, Disk disk, LogState state) {
        this.settings = settings;
        this.disk = disk;
        this.volumes = state.volumes();
        this.files = state.files();
        this.publisher = state.publisher();
        this.chains = state.chains();
        this.tree = state.tree();
        this.last = state.newest();
    }

    /**
     * Takes up a log where the last process left it, and opens its last segment. What no commit covers is left out.
     *
     * @throws IOException if it cannot be written
     */
    static LogWriter open(AuditSettings settings, Disk disk, LogState state) throws IOException {
        LogWriter writer = new LogWriter(settings, disk, state);
        if (!state.end().file().isEmpty()) writer.openLast(state.tail(), state.end());
        return writer;
    }

    Publisher publisher() {
        return publisher;
    }

    /**
     * What stands after the last checkpoint may have been read from memory alone: a force that failed leaves it there,
     * and no later force of that file brings it to the disk. So it is written anew, in a segment that supersedes it.
     */
    private void openLast(Tail tail, Segments.End end) throws IOException {
        if (end.leftover() == 0 && tail.isEmpty()) {
            // The last process may have ended between naming it and making its name durable.
            Path folder = Segments.folder(volumes.now());
            files.makeFolder(folder);
            disk.forceFolder(folder);
            if (Files.exists(folder.resolve(end.file()))) {
                segment = disk.append(folder.resolve(end.file()));
                segmentIn = volumes.now();
            }
            return;
        }
        long first = tail.isEmpty() ? tree.size() : tail.first();
        Path replaced = Segments.file(settings.folder(), first);
        long before = Files.exists(replaced) ? Header.of(replaced).before() : 0;
        segment = beginSegment(first, tail.bytes(tree, before));
    }

    /** Makes a segment with its header and what else it begins with, all of it or nothing, and opens it. */
    private Disk.Output beginSegment(long first, byte[] content) throws IOException {
        Path volume = volumes.now();
        String name = Segments.FOLDER + "/" + Segments.name(first);
        files.write(name, content);
        segmentIn = volume;
        return disk.append(volume.resolve(name));
    }

    /**
     * Makes a batch durable.
     *
     * @return the index of its first record
     * @throws IOException if it is not durable; none of it is in the log then
     */
    long append(List<Draft> drafts) throws IOException {
        if (publisher.waitingBytes() > MOST_UNSIGNED_BYTES)
            throw new IOException("audit log: checkpoints cannot be written, and too much waits to be signed");
        Instant now = settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
        Instant time = now.isBefore(last) ? last : now;
        Frontier next = tree.copy();
        Chains grown = new Chains();
        List<byte[]> leaves = new ArrayList<>(drafts.size());
        List<byte[]> hashes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            byte[] leaf = leaf(draft, next.size(), TIME.format(time), grown);
            leaves.add(leaf);
            hashes.add(Hashes.leaf(leaf));
            next.add(hashes.getLast());
            grown.add(draft.team(), hashes.getLast());
        }
        write(frames(leaves, next));
        mark(next.size());
        long first = tree.size();
        tree = next;
        last = time;
        chains.putAll(grown);
        publisher.add(new Publisher.Batch(leaves, hashes, checkpoint()));
        return first;
    }

    private byte[] leaf(Draft draft, long index, String time, Chains grown) {
        String team = draft.team();
        if (team.isEmpty()) return draft.leaf(index, time, "", "");
        if (grown.end(team).count() == 0) grown.put(team, chains.end(team));
        Chains.Link link = grown.end(team);
        return draft.leaf(index, time, Long.toString(link.count()), link.last());
    }

    private ByteBuffer frames(List<byte[]> leaves, Frontier next) {
        int bytes = Frames.COMMIT_BYTES;
        for (byte[] leaf : leaves) bytes += Frames.FRAME_HEAD_BYTES + 1 + leaf.length;
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        leaves.forEach(leaf -> Frames.entry(buffer, leaf));
        Frames.commit(buffer, tree.size(), next.size(), next.root());
        return buffer.flip();
    }

    /** Writes a batch; where that fails and there is a second volume to go to, there. */
    private void write(ByteBuffer buffer) throws IOException {
        Path volume = volumes.now();
        try {
            attempt(buffer.duplicate());
        } catch (IOException e) {
            if (!volumes.leave(volume)) throw e;
            try {
                attempt(buffer);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    private void attempt(ByteBuffer buffer) throws IOException {
        try {
            Disk.Output out = segment();
            out.write(buffer);
            out.force();
        } catch (IOException e) {
            poison(e);
            throw e;
        }
    }

    /** Says that the force succeeded, for whoever finds a damaged record; it counts for nothing else, and is not forced. */
    private void mark(long size) {
        Disk.Output out = segment;
        if (out == null || isLast) return;
        try {
            out.write(Frames.mark(size));
        } catch (IOException e) {
            poison(e); // the batch is durable; the next one begins a new segment
        }
    }

    private Disk.Output segment() throws IOException {
        Disk.Output open = segment;
        boolean stays = volumes.now().equals(segmentIn);
        if (open != null && stays && open.size() < settings.segmentBytes()) return open;
        segment = null;
        long before = open == null ? 0 : closed(open);
        // A file of this name is one that never got a commit, and gives way.
        Disk.Output fresh = beginSegment(
                tree.size(), Frames.header(tree.size(), tree.root(), before).array());
        segment = fresh;
        return fresh;
    }

    /** Closes a segment that is full, and says how long it is for good; 0 where its last mark may be lost. */
    private static long closed(Disk.Output full) {
        try (full) {
            full.force();
            return full.size();
        } catch (IOException _) {
            return 0; // each of its batches was forced before
        }
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
        Path volume = volumes.now();
        try {
            publisher.publish();
        } catch (IOException e) {
            if (!volumes.leave(volume)) throw e;
            publisher.publish();
        }
    }

    /** Whether the log has gone on on its second volume. */
    boolean isMoved() {
        return volumes.isMoved();
    }

    /** Puts the public key beside the log, for whoever takes it along. */
    void publishKey() throws IOException {
        Path file = settings.folder().resolve("vkey");
        byte[] vkey = settings.vkeyFile().getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), vkey)) files.write("vkey", vkey);
    }

    /** The next batch is the last one, which is signed at once and needs no mark. */
    void ending() {
        isLast = true;
    }

    Checkpoint checkpoint() {
        return Checkpoint.of(settings.key().name(), tree.size(), tree.root());
    }

    /** The ends of the tenants' chains. */
    Chains chains() {
        return chains;
    }

    boolean isLow() throws IOException {
        return volumes.isShort(settings.lowWaterBytes(), disk);
    }

    /** Lets the files go; what is not signed stays so. */
    void close() throws IOException {
        Disk.Output open = segment;
        segment = null;
        if (open != null) open.close();
    }
}
