// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A log that loses nothing it acknowledged and that a stranger can verify. Any number of threads append; one thread
 * writes, and joins what waits into one force (group commit), so that many callers cost little more than one.
 */
public final class AuditLog implements AutoCloseable {
    private static final int MOST_AT_ONCE = 1_024;

    private final AuditSettings settings;
    private final LogWriter writer;
    private final FolderLock lock;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private Recovery recovery = new Recovery(0, List.of());
    private volatile boolean closing;
    private volatile boolean low;
    private volatile Checkpoint head;

    /** A record and who waits for it. */
    private record Waiting(AuditRecord record, CompletableFuture<Receipt> done) {}

    private AuditLog(AuditSettings settings, Disk disk, FolderLock lock) {
        this.settings = settings;
        this.writer = new LogWriter(settings, disk);
        this.lock = lock;
        this.head = writer.checkpoint();
        this.thread = Thread.ofPlatform().daemon().name("audit-log").unstarted(this::write);
    }

    /**
     * Opens a log, or begins one. What the last process left half done is cut, and each request that it was serving gets
     * a {@code request.orphaned} record.
     *
     * @throws IOException if another process has it, it was tampered with, or it cannot be written
     */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, Disk.REAL);
    }

    static AuditLog open(AuditSettings settings, Disk disk) throws IOException {
        Path folder = settings.folder().toAbsolutePath();
        Path above = folder.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (above != null) disk.forceFolder(above);
        }
        FolderLock lock = FolderLock.of(folder);
        AuditLog log = new AuditLog(settings, disk, lock);
        try {
            log.begin();
            return log;
        } catch (IOException | RuntimeException e) {
            log.letGo();
            throw e;
        }
    }

    private void begin() throws IOException {
        low = writer.isLow();
        boolean known = !Segments.list(settings.folder()).isEmpty();
        Set<String> running = new LinkedHashSet<>();
        long cut = writer.recover(signedBefore(known), entry -> follow(entry, running));
        writer.publishKey();
        // From here on a log without a checkpoint is one whose checkpoint somebody took away.
        if (!known) writer.sign();
        recovery = new Recovery(cut, List.copyOf(running));
        List<AuditRecord> first = new ArrayList<>();
        if (cut > 0 || !running.isEmpty())
            first.add(AuditRecord.of("system.recovered")
                    .with("bytes_cut", cut)
                    .with("orphans", running.size())
                    .build());
        running.forEach(id -> first.add(
                AuditRecord.of("request.orphaned").id(id).outcome("orphaned").build()));
        first.add(AuditRecord.of("system.start")
                .with("continued", known ? "yes" : "no")
                .build());
        for (int i = 0; i < first.size(); i += MOST_AT_ONCE)
            writer.append(first.subList(i, Math.min(first.size(), i + MOST_AT_ONCE)));
        writer.sign();
        head = writer.checkpoint();
        thread.start();
    }

    /** Keeps the ids of requests that have begun and not ended. */
    private static void follow(AuditEntry entry, Set<String> running) {
        switch (entry.text("type")) {
            case "request.admitted" -> running.add(entry.text("id"));
            case "request.completed", "request.denied", "request.failed", "request.cancelled", "request.orphaned" ->
                running.remove(entry.text("id"));
            default -> {
                // no request begins or ends
            }
        }
    }

    private Checkpoint signedBefore(boolean known) throws IOException {
        Path file = settings.folder().resolve("checkpoint");
        if (known && !Files.exists(file))
            throw new IOException("audit log: it has records and no checkpoint (expected: as written; keep the folder"
                    + " and ask for help, or begin a new one)");
        if (!known && !Files.exists(file)) return Checkpoint.of(settings.key().name(), 0, Hashes.empty());
        return switch (Checkpoint.open(Files.readAllBytes(file), settings.key().verifier())) {
            case Checkpoint.Opened.Good(Checkpoint checkpoint) -> checkpoint;
            case Checkpoint.Opened.UnknownKey() ->
                throw new IOException("audit log: its checkpoint is of another key (expected: this installation's)");
            case Checkpoint.Opened.Bad(String why) ->
                throw new IOException("audit log: its checkpoint is " + why + " (expected: as written)");
        };
    }

    /**
     * Records, and returns when the record is durable.
     *
     * @throws AuditUnavailableException if it is not, or not within the settings' wait
     */
    public Receipt append(AuditRecord record) throws AuditUnavailableException {
        if (closing) throw new AuditUnavailableException("it is closed", null);
        if (low && record.type().equals("request.admitted"))
            throw new AuditUnavailableException("the disk is nearly full", null);
        if (record.json(Long.MAX_VALUE, "0000-00-00T00:00:00.000000Z").getBytes(StandardCharsets.UTF_8).length
                > Frames.MAX_ENTRY_BYTES) throw new AuditUnavailableException("a record is larger than 4 KiB", null);
        Waiting waiting = new Waiting(record, new CompletableFuture<>());
        queue.add(waiting);
        return await(waiting.done());
    }

    private Receipt await(CompletableFuture<Receipt> done) throws AuditUnavailableException {
        Duration limit = settings.maxWait();
        try {
            return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            done.cancel(false); // what the writer has not taken yet is not written any more
            throw new AuditUnavailableException("not durable within " + limit, e);
        } catch (ExecutionException e) {
            throw new AuditUnavailableException("it cannot be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditUnavailableException("interrupted", e);
        }
    }

    /** What this start found. */
    public Recovery recovery() {
        return recovery;
    }

    /** What the log holds now. */
    public Checkpoint checkpoint() {
        return head;
    }

    /** Hands over every record from a moment on, in its order. */
    public void replay(Instant since, Consumer<AuditEntry> each) throws IOException {
        reading().each(entry -> {
            if (!entry.time().isBefore(since)) each.accept(entry);
        });
    }

    /** The records that a query asks for. */
    public RecordPage search(RecordQuery query) throws IOException {
        return reading().search(query);
    }

    /** Where the log is. */
    public Path folder() {
        return settings.folder();
    }

    private LogReading reading() {
        return LogReading.of(settings.folder());
    }

    /** Records the stop, signs, and lets the folder go. */
    @Override
    public synchronized void close() throws IOException {
        if (closing) return;
        closing = true;
        joinThread();
        try {
            writer.append(List.of(AuditRecord.of("system.stop").build()));
            writer.sign();
            head = writer.checkpoint();
        } finally {
            letGo();
        }
    }

    /** Waits, interrupted or not: two threads must never write. */
    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void letGo() throws IOException {
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }

    private void write() {
        long every = settings.checkpointEvery().toNanos();
        long due = System.nanoTime() + every;
        while (!closing || !queue.isEmpty()) {
            try {
                Waiting first =
                        queue.poll(Math.max(1, Math.min(due - System.nanoTime(), 50_000_000)), TimeUnit.NANOSECONDS);
                if (first != null) batch(first);
                if (System.nanoTime() < due) continue;
                due = System.nanoTime() + every;
                boolean isLow = writer.isLow();
                writer.sign();
                low = isLow;
            } catch (IOException e) {
                low = true; // it stays so until the log can be signed again
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void batch(Waiting first) {
        List<Waiting> batch = new ArrayList<>();
        batch.add(first);
        queue.drainTo(batch, MOST_AT_ONCE - 1);
        batch.removeIf(waiting -> waiting.done().isDone());
        if (batch.isEmpty()) return;
        try {
            long index = writer.append(batch.stream().map(Waiting::record).toList());
            head = writer.checkpoint();
            for (int i = 0; i < batch.size(); i++) batch.get(i).done().complete(new Receipt(index + i));
        } catch (IOException | RuntimeException e) {
            batch.forEach(waiting -> waiting.done().completeExceptionally(e));
        }
    }
}
