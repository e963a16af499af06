// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of a batch. Its caller's thread leaves tokens here and sleeps until the batch's thread has run them; a
 * step of one token allocates nothing.
 */
final class OrtSequence implements Decoder.Sequence {
    private static final int FIRST_HISTORY = 256;

    /** What became of the tokens that were left here. */
    enum State {
        /** None are here. */
        IDLE,
        /** They wait, or run. */
        POSTED,
        /** They ran, and the logits are there. */
        DONE,
        /** They did not run: cancelled, or for the reason in {@link OrtSequence#failure}. */
        FAILED
    }

    private final Runnable ended;
    private final Batch batch;
    private final Decoder.Plan plan;
    private final int context;
    private final ReentrantLock running = new ReentrantLock();
    private volatile int length;
    private volatile boolean closed;
    private volatile boolean cancelled;

    /* Written by the caller before POSTED, read by the batch's thread after it, and the other way round after DONE. */
    private volatile State state = State.IDLE;
    private volatile @Nullable Thread caller;
    private final float[] answer;
    private @Nullable RuntimeException failure;
    private volatile int[] history = new int[FIRST_HISTORY];
    private int posted;

    /** The row of its keys and values, -1 before its first run. The batch's own, as the rest is below. */
    int row = -1;
    /** Tokens that ran. */
    int ran;
    /** Whether it took part in the last step, so that its next token may be worth waiting for. */
    boolean expected;

    OrtSequence(Runnable ended, Batch batch, Decoder.Plan plan, int vocabulary, int context) {
        this.ended = ended;
        this.batch = batch;
        this.plan = plan;
        this.context = context;
        this.answer = new float[vocabulary];
    }

    @Override
    public float[] append(int[] tokens) {
        running.lock();
        try {
            check(tokens);
            remember(tokens);
            posted = tokens.length;
            caller = Thread.currentThread();
            state = State.POSTED;
            batch.wake();
            await();
            if (state == State.FAILED) {
                throw refused();
            }
            length = ran;
            return answer;
        } finally {
            state = State.IDLE;
            running.unlock();
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void cancel() {
        cancelled = true;
        batch.cancelled(this);
    }

    @Override
    public void close() {
        running.lock();
        try {
            if (!closed) {
                closed = true;
                batch.left(this);
                ended.run();
            }
        } finally {
            running.unlock();
        }
    }

    Decoder.Plan plan() {
        return plan;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether tokens wait to be run. */
    boolean isPosted() {
        return state == State.POSTED;
    }

    /** Whether they are one token after others, which runs together with those of other sequences. */
    boolean isStep() {
        return posted == 1 && ran > 0;
    }

    /** All tokens, those that wait included; as many as {@link #ran} and {@link #left}. */
    int[] tokens() {
        return history;
    }

    /** Tokens that wait. */
    int left() {
        return length + posted - ran;
    }

    /** Where the logits of the last token go. */
    float[] answer() {
        return answer;
    }

    /** All tokens ran. */
    void done() {
        finish(State.DONE);
    }

    /** The tokens will not run; null where the sequence was cancelled. */
    void failed(@Nullable RuntimeException reason) {
        failure = reason;
        finish(State.FAILED);
    }

    private void finish(State end) {
        state = end;
        LockSupport.unpark(caller);
    }

    /** An interrupt is a wish to end: the batch is told, and its answer awaited all the same. */
    private void await() {
        boolean interrupted = false;
        while (state == State.POSTED) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeException refused() {
        return failure == null ? new CancelledException() : failure;
    }

    private void check(int[] tokens) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        if (cancelled) {
            throw new CancelledException();
        }
        if (tokens.length == 0) {
            throw new IllegalArgumentException("tokens: none (expected: at least one)");
        }
        if (tokens.length > context - length) {
            throw new ContextFullException(length + tokens.length, context);
        }
        for (int token : tokens) {
            if (token < 0 || token >= answer.length) {
                throw new IllegalArgumentException("token: " + token + " (expected: 0 to " + (answer.length - 1) + ")");
            }
        }
    }

    private void remember(int[] tokens) {
        int needed = length + tokens.length;
        if (needed > history.length) {
            history = Arrays.copyOf(history, Math.max(needed, Math.min(context, 2 * history.length)));
        }
        System.arraycopy(tokens, 0, history, length, tokens.length);
    }
}
