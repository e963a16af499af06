// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded number of permits that teams get in turn: who floods waits behind itself, and a quiet team's request goes
 * next. Safe for several threads; made for virtual ones.
 */
final class FairPermits {
    private final ReentrantLock lock = new ReentrantLock();
    /** Those who wait, by team; the team whose turn it is comes first. */
    private final Map<String, ArrayDeque<Waiter>> waiting = new LinkedHashMap<>();

    private int free;

    /**
     * Makes them.
     *
     * @param permits at least 1
     */
    FairPermits(int permits) {
        if (permits < 1) throw new IllegalArgumentException("permits: " + permits + " (expected: >= 1)");
        this.free = permits;
    }

    private static final class Waiter {
        private final Condition turn;
        private boolean given;

        Waiter(Condition turn) {
            this.turn = turn;
        }
    }

    /** Takes a permit, or gives up after {@code limit}. Whoever got one calls {@link #giveBack}. */
    boolean take(String team, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0 && waiting.isEmpty()) {
                free--;
                return true;
            }
            return await(team, limit);
        } finally {
            lock.unlock();
        }
    }

    private boolean await(String team, Duration limit) throws InterruptedException {
        Waiter waiter = new Waiter(lock.newCondition());
        waiting.computeIfAbsent(team, _ -> new ArrayDeque<>()).add(waiter);
        long left = limit.toNanos();
        try {
            while (!waiter.given && left > 0) left = waiter.turn.awaitNanos(left);
        } catch (InterruptedException e) {
            if (waiter.given) next();
            throw e;
        } finally {
            if (!waiter.given) leave(team, waiter);
        }
        return waiter.given;
    }

    private void leave(String team, Waiter waiter) {
        ArrayDeque<Waiter> line = waiting.get(team);
        if (line == null) return;
        line.remove(waiter);
        if (line.isEmpty()) waiting.remove(team);
    }

    /** Gives one back. */
    void giveBack() {
        lock.lock();
        try {
            next();
        } finally {
            lock.unlock();
        }
    }

    /** Hands a permit to the first of the team whose turn it is, and puts that team last. */
    private void next() {
        if (waiting.isEmpty()) {
            free++;
            return;
        }
        var turn = waiting.entrySet().iterator().next();
        ArrayDeque<Waiter> line = turn.getValue();
        String team = turn.getKey();
        Waiter first = line.remove();
        waiting.remove(team);
        if (!line.isEmpty()) waiting.put(team, line);
        first.given = true;
        first.turn.signal();
    }
}
