// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * The callers' threads choose tokens, all at the same time, and this one runs the model: single tokens of all sequences
 * in one step, prompts in pieces between the steps. A sequence whose caller was in the last step is waited for a
 * moment; one that takes longer, because its client reads slowly, is left out of the step. Its row then takes a token
 * of no meaning behind what it holds, which its next token overwrites: rows must lie beside each other, and moving them
 * would cost more than the wasted row.
 */
/** Runs sequences together on one thread of its own. */
final class Batch implements AutoCloseable {
    /** The kernels need more than the usual megabyte, and no handler of the JVM hears of it when they overflow it. */
    private static final long STACK_BYTES = 16L << 20;

    private static final int PART_FOR_LEFTOVERS = 4;

    private final BatchRuns runs;
    private final Rows rows;
    private final Pace pace;
    private final FairShares shares = new FairShares();
    private final int context;
    private final long bytesPerToken;
    private final long memory;
    private final Thread thread;
    private final Object lock = new Object();
    private final List<OrtSequence> open = new ArrayList<>();
    private final List<OrtSequence> gone = new ArrayList<>();
    private @Nullable OrtSequence reading;
    private boolean closing;
    private long reused;

    /* The batch's thread's own. */
    private final OrtSequence[] ready;
    private int readyCount;
    private int awaited;
    private boolean promptIsNext;

    /** What a batch may use: rows, the memory of their keys and values in bytes. */
    record Limits(int rows, int context, int chunk, long memory, long bytesPerToken) {}

    Batch(BatchRuns runs, Limits limits) {
        this.runs = runs;
        this.context = limits.context;
        this.memory = limits.memory;
        this.bytesPerToken = limits.bytesPerToken;
        this.rows = new Rows(limits.rows);
        this.pace = new Pace(limits.chunk);
        this.ready = new OrtSequence[limits.rows];
        this.thread = Thread.ofPlatform()
                .name("batch")
                .daemon()
                .stackSize(STACK_BYTES)
                .unstarted(this::loop);
        thread.start();
    }

    /** From now on the sequence may leave tokens. */
    void joined(OrtSequence sequence) {
        synchronized (lock) {
            open.add(sequence);
            shares.join(sequence.plan().tenant());
        }
    }

    /** The sequence leaves no more tokens. */
    void left(OrtSequence sequence) {
        synchronized (lock) {
            open.remove(sequence);
            gone.add(sequence);
            shares.leave(sequence.plan().tenant());
        }
        wake();
    }

    /** Ends a run of the sequence's own prompt; others' steps are not disturbed. */
    void cancelled(OrtSequence sequence) {
        synchronized (lock) {
            if (reading == sequence) {
                runs.terminate();
            }
        }
        wake();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Tokens of prompts that were not run because an earlier sequence had run them. */
    long reused() {
        synchronized (lock) {
            return reused;
        }
    }

    /** Ends the thread, once no sequence is open. */
    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
        }
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        runs.close();
    }

    private void loop() {
        while (true) {
            OrtSequence prompt;
            synchronized (lock) {
                if (closing) {
                    return;
                }
                prompt = look();
            }
            boolean stepIsDue = readyCount > 0 && (awaited == 0 || pace.isPatienceOver());
            if (prompt != null && (promptIsNext || !stepIsDue)) {
                promptIsNext = false;
                read(prompt);
            } else if (stepIsDue) {
                promptIsNext = true;
                step();
            } else if (readyCount > 0) {
                LockSupport.parkNanos(this, pace.patience());
            } else {
                pace.rest();
                LockSupport.park(this);
            }
        }
    }

    /** Sees who is ready for a step and who is awaited; gives the prompt whose turn it is, if there is one. */
    private @Nullable OrtSequence look() {
        readyCount = 0;
        awaited = 0;
        for (int i = 0; i < gone.size(); i++) {
            rows.retire(gone.get(i), System.nanoTime());
        }
        gone.clear();
        OrtSequence next = null;
        for (int i = 0; i < open.size(); i++) {
            OrtSequence sequence = open.get(i);
            if (!sequence.isPosted()) {
                awaited += sequence.expected ? 1 : 0;
            } else if (sequence.isCancelled()) {
                sequence.failed(null);
            } else if (sequence.isStep()) {
                ready[readyCount++] = sequence;
            } else if (next == null || served(sequence) < served(next)) {
                next = sequence;
            }
        }
        if (readyCount > 0) {
            pace.waitFrom();
        }
        return next;
    }

    private long served(OrtSequence sequence) {
        return shares.served(sequence.plan().tenant());
    }

    private void step() {
        int count = 0;
        int longest = 0;
        try {
            for (int i = 0; i < readyCount; i++) {
                moveDown(ready[i]);
                count = Math.max(count, ready[i].row + 1);
                longest = Math.max(longest, ready[i].ran + 1);
            }
            if (reserve(longest)) {
                count = runs.rows();
            }
            for (int row = 0; row < count; row++) {
                int held = rows.held(row);
                longest = Math.max(longest, Math.min(held + 1, runs.capacity()));
                runs.stage(row, 0, Math.min(held, runs.capacity() - 1));
            }
            for (int i = 0; i < readyCount; i++) {
                runs.stage(ready[i].row, ready[i].tokens()[ready[i].ran], ready[i].ran);
            }
            pace.stepBegins();
            runs.step(count, longest);
            pace.stepEnds();
        } catch (RuntimeException e) {
            failAll(e);
            return;
        }
        finishStep();
    }

    /** A sequence above many rows that nobody uses moves below them: each of those costs as much as a used one. */
    private void moveDown(OrtSequence sequence) {
        int free = rows.lowestFree(sequence.row);
        if (free >= 0 && sequence.row >= 2 * (readyCount + awaited)) {
            runs.copyRow(sequence.row, free, sequence.ran);
            rows.move(sequence, free);
        }
    }

    private void finishStep() {
        for (int i = 0; i < readyCount; i++) {
            OrtSequence sequence = ready[i];
            runs.logits(sequence.row, sequence.answer());
            sequence.ran++;
        }
        synchronized (lock) {
            for (int i = 0; i < open.size(); i++) {
                open.get(i).expected = false;
            }
        }
        for (int i = 0; i < readyCount; i++) {
            ready[i].expected = true;
            ready[i].done();
        }
        pace.released();
    }

    private void failAll(RuntimeException reason) {
        for (int i = 0; i < readyCount; i++) {
            ready[i].failed(reason);
        }
    }

    /** Runs a piece of a prompt. */
    private void read(OrtSequence sequence) {
        synchronized (lock) {
            reading = sequence;
            runs.rearm();
        }
        RuntimeException failure = null;
        try {
            if (!sequence.isCancelled()) {
                readPiece(sequence);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
        synchronized (lock) {
            reading = null;
        }
        if (sequence.isCancelled()) {
            sequence.failed(null);
        } else if (failure != null) {
            sequence.failed(failure);
        } else if (sequence.left() == 0) {
            runs.logits(0, sequence.answer());
            sequence.done();
        }
    }

    private void readPiece(OrtSequence sequence) {
        if (sequence.row < 0) {
            place(sequence);
        }
        int count = Math.min(sequence.left(), pace.piece(readyCount + awaited > 0));
        reserve(sequence.ran + count);
        pace.pieceBegins();
        runs.prompt(sequence.row, sequence.tokens(), sequence.ran, count);
        pace.pieceEnds(count);
        sequence.ran += count;
        synchronized (lock) {
            shares.charge(sequence.plan().tenant(), count);
        }
    }

    private void place(OrtSequence sequence) {
        int lowest = rows.lowestFree(runs.rows());
        if (lowest < 0 || (lowest == runs.rows() - 1 && rows.held(lowest) > 0)) {
            moreRows(lowest < 0);
        }
        Rows.Place place = rows.place(sequence, sequence.tokens(), sequence.left(), runs.rows());
        if (place.displaced() >= 0) {
            runs.copyRow(place.row(), place.displaced(), rows.held(place.displaced()));
        }
        if (place.reused() > 0 && place.from() != place.row()) {
            runs.copyRow(place.from(), place.row(), place.reused());
        }
        sequence.ran = place.reused();
        synchronized (lock) {
            reused += place.reused();
        }
    }

    /** More rows: for sequences as far as they must be, for what ended ones leave only as far as it is cheap. */
    private void moreRows(boolean must) {
        long row = bytesPerToken * runs.capacity();
        long fit = (must ? memory : memory / PART_FOR_LEFTOVERS) / row;
        long wanted = Math.min(Math.min(ready.length, 2L * runs.rows()), fit);
        if (must || wanted > runs.rows()) {
            resize((int) Math.max(runs.rows() + 1L, wanted), runs.capacity());
        }
    }

    /** Makes room for sequences of so many tokens; whether rows have moved. */
    private boolean reserve(int tokens) {
        if (tokens <= runs.capacity()) {
            return false;
        }
        int capacity = KvMemory.bucket(tokens, context);
        boolean tight = bytesPerToken * capacity * runs.rows() > memory;
        // What ended sequences left has to go first.
        resize(tight ? Math.max(1, rows.owned()) : runs.rows(), capacity);
        return tight;
    }

    private void resize(int count, int capacity) {
        int[] from = new int[count];
        int[] held = new int[count];
        if (count < runs.rows()) {
            rows.compact(from);
        } else {
            Arrays.setAll(from, row -> row < runs.rows() ? row : -1);
        }
        Arrays.setAll(held, row -> from[row] < 0 ? 0 : rows.held(row));
        runs.resize(count, capacity, from, held);
    }
}
