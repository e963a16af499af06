// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes what strangers read: tiles, and the signed checkpoint over them. One thread adds what is durable, another
 * publishes, so that nobody who appends waits for a signature.
 */
final class Publisher {
    private final AuditSettings settings;
    private final TileFiles files;
    private final Tiles tiles;
    /** Full tiles that wait for the next checkpoint to be written. */
    private final Map<String, byte[]> full = new LinkedHashMap<>();
    /** What is durable and has not been published. */
    private final Queue<Batch> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicLong waitingBytes = new AtomicLong();
    private Checkpoint taken;
    private long signed;
    /** The checkpoint that was published last by this process. */
    private String note = "";

    /** Records that became durable together, and the tree after them. */
    record Batch(List<byte[]> leaves, List<byte[]> hashes, Checkpoint after) {
        long bytes() {
            long bytes = 0;
            for (byte[] leaf : leaves) bytes += leaf.length;
            return bytes;
        }
    }

    /** From a checkpoint that is published, with the tiles as they were at the first record that {@link #restore} gets. */
    Publisher(AuditSettings settings, TileFiles files, Checkpoint published) {
        this.settings = settings;
        this.files = files;
        this.signed = published.size();
        this.taken = published;
        // Full tiles up to the last checkpoint are on the disk; those after it may be torn, and are written again.
        this.tiles = new Tiles((path, content, end) -> {
            if (end > signed) full.put(path, content);
        });
    }

    /** Begins where the first of these segments does. */
    void begin(List<Path> segments) throws IOException {
        Kept.restore(settings.folder(), segments, tiles);
    }

    /** Takes a record that the log had when it was opened. */
    void restore(byte[] leaf, byte[] hash) throws IOException {
        tiles.add(leaf, hash);
    }

    /** The log holds this after what was restored. */
    void restored(Checkpoint all) {
        taken = all;
    }

    /** Takes what has become durable. */
    void add(Batch batch) {
        waitingBytes.addAndGet(batch.bytes());
        waiting.add(batch);
    }

    /** The bytes of records that are durable and not published. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    /** Publishes what was added, if there is anything. */
    synchronized void publish() throws IOException {
        for (Batch batch = waiting.poll(); batch != null; batch = waiting.poll()) {
            for (int i = 0; i < batch.leaves().size(); i++)
                tiles.add(batch.leaves().get(i), batch.hashes().get(i));
            taken = batch.after();
            waitingBytes.addAndGet(-batch.bytes());
        }
        // That of an empty log is written by each start: the name of one that is there may not be durable.
        boolean isSure = signed > 0 || !note.isEmpty();
        if (taken.size() == signed && isSure && Files.exists(Volumes.find(settings.folder(), "checkpoint"))) return;
        write();
    }

    private void write() throws IOException {
        for (Map.Entry<String, byte[]> tile : full.entrySet()) files.tile(tile.getKey(), tile.getValue());
        String written = taken.signed(settings.key(), settings.clock().instant());
        files.checkpoint(tiles, written);
        note = written;
        full.clear(); // not before: where this fails, they are written again, perhaps on another volume
        signed = taken.size();
    }

    /**
     * Puts a witness's signatures to the checkpoint that it saw.
     *
     * @param size what that checkpoint says
     * @param lines signature lines
     * @return whether it is still the last one
     */
    synchronized boolean cosign(long size, String lines) throws IOException {
        if (size != signed || note.isEmpty()) return false;
        note += lines;
        files.write("checkpoint", note.getBytes(StandardCharsets.UTF_8));
        return true;
    }
}
