// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whose turn it is with a model: a fixed number at once, the others in order of arrival, and no more of them than the
 * queue holds. Thread-safe.
 */
final class Turns {
    private final int atOnce;
    private final int most;
    private final Deque<Place> waiting = new ArrayDeque<>();
    private int running;

    /**
     * An empty queue.
     *
     * @param atOnce how many run at the same time; at least 1
     * @param most how many may wait
     */
    Turns(int atOnce, int most) {
        this.atOnce = atOnce;
        this.most = most;
    }

    /** A place at the end of the queue; empty where the queue is full. */
    synchronized Optional<Place> enter() {
        var place = new Place();
        if (running < atOnce) {
            running++;
            place.state = State.RUNNING;
        } else if (waiting.size() < most) {
            waiting.add(place);
        } else {
            return Optional.empty();
        }
        return Optional.of(place);
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private enum State {
        WAITING,
        RUNNING,
        LEFT
    }

    /** One place in the queue, or one of those whose turn it is. */
    final class Place implements AutoCloseable {
        private State state = State.WAITING;

        /** Waits for the turn; false where the place was given up first. */
        boolean await() throws InterruptedException {
            synchronized (Turns.this) {
                while (state == State.WAITING) {
                    Turns.this.wait();
                }
                return state == State.RUNNING;
            }
        }

        /** Leaves the queue where the turn has not come yet; else without effect. From any thread. */
        void giveUp() {
            synchronized (Turns.this) {
                if (waiting.remove(this)) {
                    state = State.LEFT;
                    Turns.this.notifyAll();
                }
            }
        }

        /** Leaves, and passes the turn on; also more than once. */
        @Override
        public void close() {
            synchronized (Turns.this) {
                if (state == State.RUNNING) {
                    passOn();
                } else {
                    waiting.remove(this);
                }
                state = State.LEFT;
                Turns.this.notifyAll();
            }
        }

        private void passOn() {
            Place next = waiting.poll();
            if (next == null) {
                running--;
            } else {
                next.state = State.RUNNING;
            }
        }
    }
}
