// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The thread that writes, those that wait for it, and the one that signs. */
final class Appender {
    private static final int MOST_AT_ONCE = 1_024;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final AuditSettings settings;
    private final LogWriter writer;
    private final Reserve reserve;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread writing =
            Thread.ofPlatform().daemon().name("audit-log").unstarted(this::write);
    private final Thread signing =
            Thread.ofPlatform().daemon().name("audit-sign").unstarted(this::sign);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Clocks clocks;
    private volatile boolean closing;
    private volatile boolean low;
    private volatile Checkpoint head;
    /** Writes that failed since the last record that says so; of the writing thread. */
    private long failures;
    /** Whether a record says where the log goes on; of the writing thread. */
    private boolean moved;

    /** A record and who waits for it. */
    private record Waiting(Draft draft, CompletableFuture<Receipt> done) {
        /** Whether nothing may begin without it: what ends is recorded even from the reserve. */
        boolean begins() {
            return draft.type().equals("request.admitted") || draft.type().equals("request.retried");
        }
    }

    Appender(AuditSettings settings, LogWriter writer, Reserve reserve) {
        this.settings = settings;
        this.writer = writer;
        this.reserve = reserve;
        this.clocks = new Clocks(settings.clock());
        this.head = writer.checkpoint();
        this.moved = writer.isMoved();
    }

    /** Begins to take records. */
    void start() throws IOException {
        reserve.fill();
        low = writer.isLow();
        writing.start();
        signing.start();
    }

    Checkpoint head() {
        return head;
    }

    /** Signs all that is durable now. */
    void publish() throws IOException {
        writer.sign();
    }

    boolean cosign(long size, String lines) throws IOException {
        return writer.publisher().cosign(size, lines);
    }

    Receipt append(AuditRecord record) throws AuditUnavailableException {
        if (closing) throw new AuditUnavailableException("it is closed", null);
        Waiting waiting = new Waiting(Draft.of(record), new CompletableFuture<>());
        if (low && waiting.begins()) throw new AuditUnavailableException("the disk is nearly full", null);
        if (waiting.draft().size() > Frames.MAX_ENTRY_BYTES)
            throw new AuditUnavailableException("a record is larger than 4 KiB", null);
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

    private void write() {
        while (!closing || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(LOOK.toNanos(), TimeUnit.NANOSECONDS);
                if (first != null) batch(first);
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
            commit(batch);
        } catch (IOException e) {
            degrade(batch, e);
        } catch (RuntimeException e) {
            batch.forEach(waiting -> waiting.done().completeExceptionally(e));
        }
    }

    /** After a failure: nothing begins, and what ends gets the reserve. */
    private void degrade(List<Waiting> batch, IOException cause) {
        failures++;
        low = true;
        List<Waiting> endings =
                batch.stream().filter(waiting -> !waiting.begins()).toList();
        batch.stream().filter(Waiting::begins).forEach(waiting -> waiting.done().completeExceptionally(cause));
        synchronized (reserve) { // the signer must not fill it again before the endings have used it
            reserve.release(cause);
            if (endings.isEmpty()) return;
            try {
                commit(endings);
            } catch (IOException | RuntimeException e) {
                cause.addSuppressed(e);
                endings.forEach(waiting -> waiting.done().completeExceptionally(cause));
            }
        }
    }

    private void commit(List<Waiting> batch) throws IOException {
        List<Draft> drafts = new ArrayList<>(batch.size() + 3);
        if (failures > 0)
            drafts.add(Draft.of(
                    AuditRecord.of("audit.degraded").with("failures", failures).build()));
        boolean saysThatItMoved = writer.isMoved() && !moved;
        if (saysThatItMoved)
            drafts.add(Draft.of(AuditRecord.of("audit.degraded")
                    .with("because", "it goes on on its second volume")
                    .build()));
        clocks.step().ifPresent(step -> drafts.add(Draft.of(step)));
        int before = drafts.size();
        for (Waiting waiting : batch) drafts.add(waiting.draft());
        long index = writer.append(drafts) + before;
        failures = 0;
        moved |= saysThatItMoved;
        head = writer.checkpoint();
        for (int i = 0; i < batch.size(); i++) batch.get(i).done().complete(new Receipt(index + i));
    }

    private void sign() {
        while (true) {
            try {
                if (ended.await(settings.checkpointEvery().toNanos(), TimeUnit.NANOSECONDS)) return;
                boolean isLow = writer.isLow();
                writer.sign();
                synchronized (reserve) {
                    if (low && !isLow) reserve.fill();
                }
                low = isLow;
            } catch (IOException _) {
                low = true; // it stays so until the log can be signed again
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Records the stop, signs, and lets the files go. */
    synchronized void close() throws IOException {
        if (closing) return;
        closing = true;
        ended.countDown();
        join(writing);
        join(signing);
        try {
            stop();
            head = writer.checkpoint();
            writer.sign();
        } finally {
            writer.close();
        }
    }

    private void stop() throws IOException {
        writer.ending();
        List<Draft> stop = List.of(Draft.of(AuditRecord.of("system.stop").build()));
        try {
            writer.append(stop);
        } catch (IOException e) {
            reserve.release(e);
            try {
                writer.append(stop);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    /** Waits, interrupted or not: two threads must never write. */
    private static void join(Thread thread) {
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
}
