// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.engine.FairShares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * Who waits is let in as follows: those somebody waits for before those that run in the background, of which one comes
 * after every few others all the same; then of the tenant that was served the fewest tokens; then in order of arrival.
 * Where more wait than the queue holds, one has to go: the last in the background for one that is not, the last of the
 * tenant with the most for one with fewer, else who came last. So nobody fills the queue for all.
 */
/** Whose turn it is with a model: as many at once as there is room for; the others wait. Thread-safe. */
final class Turns {
    /** How many go before one in the background that waits. */
    static final int BEFORE_BACKGROUND = 8;

    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(2);

    private final Room room;
    private final int most;
    private final LongSupplier nanos;
    private final FairShares shares = new FairShares();
    private final List<Place> waiting = new ArrayList<>();
    private final List<Place> running = new ArrayList<>();
    private int passed;
    /** How long a turn took of late, in nanoseconds; 0 where none has ended. */
    private double usual;

    /** What runs at once. */
    @FunctionalInterface
    interface Room {
        /** Whether so many fit at once, of which the longest takes so many tokens; one always does. */
        boolean fits(int count, int longest);
    }

    /**
     * Who wants a turn.
     *
     * @param tenant whose request it is; may be empty
     * @param tokens most that it will take
     * @param background whether nobody sits and waits for it
     */
    record Wish(String tenant, int tokens, boolean background) {}

    /** What became of waiting. */
    enum Turn {
        /** It is there. */
        COME,
        /** The place was given up. */
        GIVEN_UP,
        /** The queue was full, and another had the better claim. */
        DISPLACED
    }

    /**
     * An empty queue.
     *
     * @param room what fits at once
     * @param most how many may wait
     * @param nanos a clock that only goes forward
     */
    Turns(Room room, int most, LongSupplier nanos) {
        this.room = room;
        this.most = most;
        this.nanos = nanos;
    }

    /** An empty queue by the system's clock. */
    Turns(Room room, int most) {
        this(room, most, System::nanoTime);
    }

    /** An empty queue for a fixed number at once. */
    Turns(int atOnce, int most) {
        this((count, _) -> count <= atOnce, most);
    }

    /** A place in the queue; empty where it is full, and of those who wait none has a lesser claim. */
    synchronized Optional<Place> enter(Wish wish) {
        var place = new Place(wish);
        waiting.add(place);
        shares.join(wish.tenant);
        admit();
        if (waiting.size() <= most || place.state != State.WAITING) {
            return Optional.of(place);
        }
        Place out = least(place);
        out.leave(State.DISPLACED);
        return out == place ? Optional.empty() : Optional.of(place);
    }

    /** Waits for a place's turn, or says why it does not come. */
    void await(Place place) throws RefusedException, HungUpException, InterruptedException {
        switch (place.await()) {
            case COME -> {}
            case GIVEN_UP -> throw new HungUpException("connection: closed while waiting for a turn");
            case DISPLACED -> throw new RefusedException(ApiError.overloaded(patience()));
        }
    }

    synchronized int running() {
        return running.size();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** How long until one more may have its turn, as far as can be told: 1 second to 2 minutes. */
    synchronized Duration patience() {
        double turns = (waiting.size() + 1.0) / Math.max(1, running.size());
        long seconds = (long) Math.ceil(turns * usual / 1e9);
        return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_PATIENCE.toSeconds()));
    }

    /** Whoever has the least claim to wait, where one too many does; maybe the last who came. */
    private Place least(Place last) {
        List<Place> behind = waiting.stream()
                .filter(place -> place.wish.background && !last.wish.background)
                .toList();
        if (!behind.isEmpty()) {
            return behind.getLast();
        }
        Place other = waiting.reversed().stream() // of equals the first is taken: the last who came
                .filter(place -> place.wish.background == last.wish.background)
                .max(Comparator.comparingLong(this::company))
                .orElse(last);
        return company(other) > company(last) ? other : last;
    }

    /** How many of its tenant wait in the same class. */
    private long company(Place place) {
        return waiting.stream()
                .filter(other ->
                        other.wish.background == place.wish.background && other.wish.tenant.equals(place.wish.tenant))
                .count();
    }

    /** Lets those in whose turn it is. Who does not fit is waited for, else large requests would never come in. */
    private void admit() {
        Place next = next();
        while (next != null && fits(next)) {
            boolean others = waiting.stream().anyMatch(place -> place.wish.background);
            passed = next.wish.background || !others ? 0 : passed + 1;
            waiting.remove(next);
            running.add(next);
            next.state = State.RUNNING;
            next.began = nanos.getAsLong();
            shares.charge(next.wish.tenant, next.wish.tokens);
            notifyAll();
            next = next();
        }
    }

    private @Nullable Place next() {
        boolean backgroundIsDue = passed >= BEFORE_BACKGROUND;
        Place next = null;
        for (Place place : waiting) {
            if (next == null || isBefore(place, next, backgroundIsDue)) {
                next = place;
            }
        }
        return next;
    }

    private boolean isBefore(Place one, Place other, boolean backgroundIsDue) {
        if (one.wish.background != other.wish.background) {
            return one.wish.background == backgroundIsDue;
        }
        return shares.served(one.wish.tenant) < shares.served(other.wish.tenant);
    }

    private boolean fits(Place place) {
        int longest = place.wish.tokens;
        for (Place other : running) {
            longest = Math.max(longest, other.wish.tokens);
        }
        return running.isEmpty() || room.fits(running.size() + 1, longest);
    }

    private enum State {
        WAITING,
        RUNNING,
        LEFT,
        DISPLACED
    }

    /** One place in the queue, or one of those whose turn it is. */
    final class Place implements AutoCloseable {
        private final Wish wish;
        private State state = State.WAITING;
        private long began;

        private Place(Wish wish) {
            this.wish = wish;
        }

        /** Waits for the turn. */
        Turn await() throws InterruptedException {
            synchronized (Turns.this) {
                while (state == State.WAITING) {
                    Turns.this.wait();
                }
                return switch (state) {
                    case WAITING, LEFT -> Turn.GIVEN_UP;
                    case RUNNING -> Turn.COME;
                    case DISPLACED -> Turn.DISPLACED;
                };
            }
        }

        /** Whether it is among those whose turn it is. */
        boolean isRunning() {
            synchronized (Turns.this) {
                return state == State.RUNNING;
            }
        }

        /** Leaves the queue where the turn has not come yet; else without effect. From any thread. */
        void giveUp() {
            synchronized (Turns.this) {
                if (state == State.WAITING) {
                    leave(State.LEFT);
                }
            }
        }

        /** Leaves, and passes the turn on; also more than once. */
        @Override
        public void close() {
            synchronized (Turns.this) {
                if (state == State.WAITING || state == State.RUNNING) {
                    leave(State.LEFT);
                }
            }
        }

        private void leave(State end) {
            if (state == State.RUNNING) {
                double took = nanos.getAsLong() - began;
                usual = usual == 0 ? took : 0.8 * usual + 0.2 * took;
            }
            state = end;
            waiting.remove(this);
            running.remove(this);
            shares.leave(wish.tenant);
            admit();
            Turns.this.notifyAll();
        }
    }
}
