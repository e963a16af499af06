// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What this gateway holds in a shared store, and what it has ended but the store has not acknowledged. */
final class Reservations {
    /** A reservation that runs: what it was charged, and what it has used so far. */
    record Running(List<Charge> charges, Usage known) {}

    /** A reservation that is over: how, and what it used. */
    record Ending(RedisStore.Mode mode, Usage usage) {}

    /** So that a store that stays away cannot fill the memory: beyond it, leases end what was not settled. */
    private static final int MOST_ENDINGS = 100_000;

    private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Ending> endings = new ConcurrentHashMap<>();

    boolean holds(String id) {
        return running.containsKey(id);
    }

    void held(String id, List<Charge> charges) {
        running.put(id, new Running(charges, Usage.NONE));
    }

    void progress(String id, Usage soFar) {
        running.computeIfPresent(id, (_, was) -> new Running(was.charges(), soFar));
    }

    /** The first ending counts. */
    void end(String id, RedisStore.Mode mode, Usage usage) {
        running.remove(id);
        if (endings.size() < MOST_ENDINGS) endings.putIfAbsent(id, new Ending(mode, usage));
    }

    void acknowledged(String id) {
        endings.remove(id);
    }

    Map<String, Running> running() {
        return Map.copyOf(running);
    }

    Optional<Running> running(String id) {
        return Optional.ofNullable(running.get(id));
    }

    Map<String, Ending> endings() {
        return Map.copyOf(endings);
    }

    Ending ending(String id) {
        return endings.getOrDefault(id, new Ending(RedisStore.Mode.LAPSE, Usage.NONE));
    }
}
