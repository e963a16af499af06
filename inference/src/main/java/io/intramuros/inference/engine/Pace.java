// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

/**
 * How long things took of late, and what follows: how much of a prompt may run between two steps so that nobody's
 * tokens come at less than half their pace, and how long a step waits for a sequence that is late. For one thread.
 */
final class Pace {
    private static final int SMALLEST_PIECE = 16;
    private static final long LEAST_PATIENCE = 300_000;
    private static final long MOST_PATIENCE = 4_000_000;
    private static final int PARTS_OF_A_STEP = 8;

    private final int chunk;
    private long stepNanos;
    private long nanosPerToken;
    private long began;
    private long deadline;
    private boolean waiting;

    /** A pace that nothing is known of yet; no piece is ever larger than a chunk. */
    Pace(int chunk) {
        this.chunk = chunk;
    }

    void stepBegins() {
        began = System.nanoTime();
    }

    void stepEnds() {
        stepNanos = average(stepNanos, System.nanoTime() - began);
    }

    void pieceBegins() {
        began = System.nanoTime();
    }

    void pieceEnds(int tokens) {
        nanosPerToken = average(nanosPerToken, (System.nanoTime() - began) / tokens);
    }

    /** Tokens of a prompt that may run now: as many as take a step's time, where others wait for their next token. */
    int piece(boolean othersWait) {
        if (!othersWait || nanosPerToken == 0 || stepNanos == 0) {
            return othersWait ? Math.min(chunk, SMALLEST_PIECE) : chunk;
        }
        return Math.clamp(stepNanos / nanosPerToken, Math.min(chunk, SMALLEST_PIECE), chunk);
    }

    /** The callers have their tokens now. */
    void released() {
        waiting = false;
    }

    /** Someone is ready for a step: the others have from now on a moment to join it. */
    void waitFrom() {
        if (!waiting) {
            waiting = true;
            deadline = System.nanoTime() + Math.clamp(stepNanos / PARTS_OF_A_STEP, LEAST_PATIENCE, MOST_PATIENCE);
        }
    }

    /** Nobody is ready. */
    void rest() {
        waiting = false;
    }

    boolean isPatienceOver() {
        return patience() <= 0;
    }

    /** Nanoseconds that the step still waits. */
    long patience() {
        return deadline - System.nanoTime();
    }

    private static long average(long before, long now) {
        return before == 0 ? now : (3 * before + now) / 4;
    }
}
