// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The part of a {@link RedisLedger} that runs by itself: speaks for what this gateway holds, sends again what was not
 * acknowledged, lapses what nobody speaks for, and rebuilds a store that has lost its counters.
 */
final class RedisUpkeep implements AutoCloseable {
    /** What only the ledger can do for a store that has lost something. */
    interface Memory {
        /** Puts one reservation back. */
        void reassert(String epoch, String id, List<Charge> charges) throws IOException;

        /** Raises the counters of the open windows to what the database knows. */
        void raise() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(RedisUpkeep.class.getName());

    private final RedisLink link;
    private final RedisStore store;
    private final RedisLedger.Settings settings;
    private final Reservations reservations;
    private final Memory memory;
    private final String node = UUID.randomUUID().toString();
    private final AtomicBoolean lost = new AtomicBoolean(true);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String epoch;
    private boolean fresh;
    private long beatAt = System.nanoTime();
    private long rebuiltAt = System.nanoTime();
    private Optional<String> run = Optional.empty();

    RedisUpkeep(
            RedisLink link, RedisStore store, RedisLedger.Settings settings, Reservations reservations, Memory memory) {
        this.link = link;
        this.store = store;
        this.settings = settings;
        this.reservations = reservations;
        this.memory = memory;
        this.epoch = settings.epoch();
        this.fresh = settings.minted();
    }

    /** The first round is done at once, so that a fresh store serves the first request. */
    void start() {
        round();
        long pause = Math.min(1000, settings.lease().toMillis() / 6);
        Thread.ofPlatform().name("quota-upkeep").daemon().start(() -> rounds(pause));
    }

    private void rounds(long pauseMillis) {
        try {
            while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS)) round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The epoch that we count under. */
    String epoch() {
        return epoch;
    }

    /** The store has another epoch than ours: from now on it is looked at in each round. */
    void epochLost() {
        lost.set(true);
    }

    private void round() {
        try {
            if (!link.connect()) return;
            if (lost.get()) rebuild();
            if (lost.get()) return;
            store.alive(epoch);
            raiseAfterRestart();
            List<CompletionStage<List<Long>>> sent = new ArrayList<>();
            for (String id : reservations.endings().keySet()) sent.add(send(id));
            for (CompletionStage<List<Long>> each : sent) RedisLink.await(each);
            if (System.nanoTime() - beatAt >= 0) beat();
            if (lost.get()) rebuild(); // now, not a round later: the others do not wait longer than a beat
            else sweep();
        } catch (StoreDown e) {
            LOG.log(System.Logger.Level.DEBUG, "the quota store is away", e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the quota store waits for the database", e);
        } catch (RuntimeException e) {
            // the next round may do better, and an exception would end them all
            LOG.log(System.Logger.Level.ERROR, "the upkeep of the quota store failed", e);
        }
    }

    /** Sends how a reservation ended; keeps it to send again until the store has said that it knows. */
    CompletionStage<List<Long>> send(String id) {
        Reservations.Ending ending = reservations.ending(id);
        try {
            return store.charge(epoch, id, ending.mode(), ending.usage()).thenApply(answer -> {
                if (answer.getFirst() == -2) epochLost();
                else reservations.acknowledged(id);
                return answer;
            });
        } catch (StoreDown e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** A server that was started again, or another one after a failover, may have lost its last writes. */
    private void raiseAfterRestart() throws IOException {
        Optional<String> now = link.run();
        if (run.isPresent() && !run.equals(now)) memory.raise();
        run = now;
    }

    private void beat() throws IOException {
        beatAt = System.nanoTime() + settings.lease().dividedBy(3).toNanos();
        Map<String, CompletionStage<List<Long>>> sent = new HashMap<>();
        for (Map.Entry<String, Reservations.Running> each :
                reservations.running().entrySet()) {
            Usage known = each.getValue().known();
            sent.put(each.getKey(), store.charge(epoch, each.getKey(), RedisStore.Mode.BEAT, known));
        }
        for (Map.Entry<String, CompletionStage<List<Long>>> each : sent.entrySet()) {
            long code = RedisLink.await(each.getValue()).getFirst();
            if (code == -2) epochLost();
            if (code == -1) reassert(epoch, each.getKey());
        }
    }

    private void reassert(String epoch, String id) throws IOException {
        Optional<Reservations.Running> running = reservations.running(id);
        if (running.isPresent()) memory.reassert(epoch, id, running.get().charges());
    }

    void sweep() throws StoreDown {
        for (String id : store.overdue()) RedisLink.await(store.charge(epoch, id, RedisStore.Mode.LAPSE, Usage.NONE));
    }

    /**
     * One step of the way back to our epoch. The store is emptied, then stands in a state of its own until every
     * gateway has had the time for a beat and has put back what it holds; only then it serves again.
     */
    private void rebuild() throws IOException {
        String found = store.epoch().orElse("");
        if (!found.isEmpty() && store.alive().equals(Optional.of(found))) join(found);
        if (!found.equals(epoch)) {
            String rebuilding = "rebuilding:" + epoch;
            Duration others = settings.lease().dividedBy(3).plusSeconds(1);
            boolean mine = store.lock(node, others.plusSeconds(10));
            if (mine && !found.equals(rebuilding)) empty(fresh ? epoch : rebuilding, others);
            for (String id : reservations.running().keySet()) reassert(rebuilding, id);
            if (mine && System.nanoTime() - rebuiltAt >= 0) store.epoch(epoch);
            found = store.epoch().orElse("");
        }
        boolean ours = found.equals(epoch);
        if (ours) fresh = false;
        lost.set(!ours);
    }

    /**
     * Counts together with gateways that keep another database: what they count is current, and to empty it under them
     * would let them admit too much.
     */
    private void join(String living) {
        if (living.equals(epoch)) return;
        LOG.log(System.Logger.Level.WARNING, "gateways with another database use this quota store; counting with them");
        epoch = living;
    }

    private void empty(String next, Duration others) throws StoreDown {
        store.purge();
        store.epoch(next);
        if (fresh) return; // an epoch that was only now made has no past: nobody holds anything
        rebuiltAt = System.nanoTime() + others.toNanos();
        LOG.log(System.Logger.Level.WARNING, "the quota store had lost its counters; they are being rebuilt");
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
