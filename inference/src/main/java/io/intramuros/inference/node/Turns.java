// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.engine.FairShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is with a model: as many at once as there is room for; the others wait, of each tenant in order of
 * arrival, the tenant that was served the fewest tokens first. No more wait than the queue holds. Thread-safe.
 */
final class Turns {
    private final Room room;
    private final int most;
    private final FairShares shares = new FairShares();
    private final List<Place> waiting = new ArrayList<>();
    private final List<Place> running = new ArrayList<>();

    /** What runs at once. */
    @FunctionalInterface
    interface Room {
        /** Whether so many fit at once, of which the longest takes so many tokens; one always does. */
        boolean fits(int count, int longest);
    }

    /**
     * An empty queue.
     *
     * @param room what fits at once
     * @param most how many may wait
     */
    Turns(Room room, int most) {
        this.room = room;
        this.most = most;
    }

    /** An empty queue for a fixed number at once. */
    Turns(int atOnce, int most) {
        this((count, _) -> count <= atOnce, most);
    }

    /** A place for nobody in particular. */
    Optional<Place> enter() {
        return enter("", 1);
    }

    /**
     * A place at the end of a tenant's queue; empty where the queue is full.
     *
     * @param tokens most that it will take
     */
    synchronized Optional<Place> enter(String tenant, int tokens) {
        var place = new Place(tenant, tokens);
        waiting.add(place);
        shares.join(tenant);
        admit();
        if (waiting.size() > most && waiting.remove(place)) {
            shares.leave(tenant);
            return Optional.empty();
        }
        return Optional.of(place);
    }

    synchronized int running() {
        return running.size();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Lets those in whose turn it is. Who does not fit is waited for, else large requests would never come in. */
    private void admit() {
        Place next = next();
        while (next != null && fits(next)) {
            waiting.remove(next);
            running.add(next);
            next.state = State.RUNNING;
            shares.charge(next.tenant, next.tokens);
            notifyAll();
            next = next();
        }
    }

    private @Nullable Place next() {
        Place next = null;
        for (Place place : waiting) {
            if (next == null || shares.served(place.tenant) < shares.served(next.tenant)) {
                next = place;
            }
        }
        return next;
    }

    private boolean fits(Place place) {
        int longest = place.tokens;
        for (Place other : running) {
            longest = Math.max(longest, other.tokens);
        }
        return running.isEmpty() || room.fits(running.size() + 1, longest);
    }

    private enum State {
        WAITING,
        RUNNING,
        LEFT
    }

    /** One place in the queue, or one of those whose turn it is. */
    final class Place implements AutoCloseable {
        private final String tenant;
        private final int tokens;
        private State state = State.WAITING;

        private Place(String tenant, int tokens) {
            this.tenant = tenant;
            this.tokens = tokens;
        }

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
                if (state == State.WAITING) {
                    leave();
                }
            }
        }

        /** Leaves, and passes the turn on; also more than once. */
        @Override
        public void close() {
            synchronized (Turns.this) {
                if (state != State.LEFT) {
                    leave();
                }
            }
        }

        private void leave() {
            state = State.LEFT;
            waiting.remove(this);
            running.remove(this);
            shares.leave(tenant);
            admit();
            Turns.this.notifyAll();
        }
    }
}
