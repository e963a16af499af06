// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a gateway that runs alone: all in memory. At start {@link #record} puts back what the audit log knows
 * of the open day and month. One lock guards everything: a reservation takes microseconds.
 */
public final class LocalLedger implements Ledger {
    /** How long a lapsed reservation can still be settled. */
    private static final Duration LATE = Duration.ofDays(1);

    /** A reservation: what it asked, where it counts, what it is charged now, when it lapses. */
    private record Hold(
            List<Charge> charges, Tallies.Place place, Instant since, Usage charged, Usage known, Instant deadline) {
        Hold charged(Usage now) {
            return new Hold(charges, place, since, now, known, deadline);
        }

        Hold alive(Usage soFar, Instant until) {
            return new Hold(charges, place, since, charged, soFar, until);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final OrganizationCalendar calendar;
    private final InstantSource clock;
    private final Duration lease;
    private final Rates rates;
    private final Tallies tallies;
    private final Gauges gauges = new Gauges();
    private final Map<String, Hold> held = new LinkedHashMap<>();
    private final Map<String, Hold> lapsed = new LinkedHashMap<>();

    /**
     * Begins with nothing used.
     *
     * @param lease how long a reservation holds that is neither settled nor heard of
     */
    public LocalLedger(OrganizationCalendar calendar, InstantSource clock, Duration lease) {
        this.calendar = calendar;
        this.clock = clock;
        this.lease = lease;
        this.rates = new Rates(clock);
        this.tallies = new Tallies(calendar);
    }

    /** Counts what was used before this process began; what lies in closed windows is ignored. */
    public void record(Instant when, List<Scope> scopes, String model, long requests, Usage used) {
        lock.lock();
        try {
            tallies.add(
                    when,
                    new Tallies.Place(scopes, model),
                    new Tallies.Amounts(requests, used.tokens(), used.costMicros()));
            tallies.forget(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reservation reserve(ReserveRequest request) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (held.containsKey(request.id()))
                throw new IllegalArgumentException("id: " + request.id() + " (expected: not held already)");
            lapse(now);
            List<Charge> charges = Charge.of(request, calendar, now);
            return Charge.refusedByForm(charges, now)
                    .or(() -> refusedByUse(charges, now))
                    .orElseGet(() -> take(request, charges, now));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Reservation> refusedByUse(List<Charge> charges, Instant now) {
        @Nullable Charge worst = null;
        Duration longest = Duration.ZERO;
        for (Charge charge : charges) {
            if (charge.amount() <= have(charge)) continue;
            Duration wait = wait(charge, now);
            if (worst != null && wait.compareTo(longest) <= 0) continue;
            worst = charge;
            longest = wait;
        }
        return worst == null ? Optional.empty() : Optional.of(Charge.refused(worst, longest, standing(charges, now)));
    }

    private Reservation take(ReserveRequest request, List<Charge> charges, Instant now) {
        Usage estimate = request.estimate();
        Tallies.Place place = new Tallies.Place(request.scopes(), request.model());
        for (Charge charge : charges)
            if (charge.limit().per() instanceof Limit.Per.Rate) rates.take(charge.limit(), charge.amount());
        tallies.add(now, place, new Tallies.Amounts(1, estimate.tokens(), estimate.costMicros()));
        gauges.enter(request.id(), place);
        held.put(request.id(), new Hold(charges, place, now, estimate, Usage.NONE, now.plus(lease)));
        return new Reservation.Held(request.id(), standing(charges, now));
    }

    private long have(Charge charge) {
        Limit limit = charge.limit();
        return switch (limit.per()) {
            case Limit.Per.Rate _ -> rates.available(limit);
            case Limit.Per.Day _, Limit.Per.Month _ -> limit.amount() - tallies.used(charge);
            case Limit.Per.Now _ -> limit.amount() - gauges.count(limit);
        };
    }

    private Duration wait(Charge charge, Instant now) {
        return switch (charge.limit().per()) {
            case Limit.Per.Rate _ -> rates.wait(charge.limit(), charge.amount());
            case Limit.Per.Day _, Limit.Per.Month _ ->
                Duration.between(now, charge.window().orElseThrow().end());
            case Limit.Per.Now _ -> Duration.ZERO;
        };
    }

    private Standing standing(List<Charge> charges, Instant now) {
        List<Standing.Line> lines = new ArrayList<>();
        for (Charge charge : charges) lines.add(charge.line(have(charge), now));
        return new Standing(lines);
    }

    @Override
    public void progress(String id, Usage soFar) {
        lock.lock();
        try {
            lapse(clock.instant());
            @Nullable Hold hold = held.remove(id); // and in again at the end: the map stays in the order of deadlines
            if (hold != null) held.put(id, hold.alive(soFar, clock.instant().plus(lease)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle(String id, Usage actual) {
        lock.lock();
        try {
            lapse(clock.instant());
            @Nullable Hold hold = held.remove(id);
            if (hold != null) gauges.leave(id, hold.place());
            if (hold == null) hold = lapsed.remove(id);
            if (hold != null) charge(hold, actual);
        } finally {
            lock.unlock();
        }
    }

    private void charge(Hold hold, Usage target) {
        Usage before = hold.charged();
        for (Charge charge : hold.charges()) {
            Limit limit = charge.limit();
            if (limit.per() instanceof Limit.Per.Rate)
                rates.take(limit, target.of(limit.unit()) - before.of(limit.unit()));
        }
        Tallies.Amounts change =
                new Tallies.Amounts(0, target.tokens() - before.tokens(), target.costMicros() - before.costMicros());
        tallies.add(hold.since(), hold.place(), change);
    }

    private void lapse(Instant now) {
        for (Hold hold = eldest(held); hold != null && !hold.deadline().isAfter(now); hold = eldest(held)) {
            String id = held.keySet().iterator().next();
            held.remove(id);
            gauges.leave(id, hold.place());
            charge(hold, hold.known());
            lapsed.put(id, hold.charged(hold.known()));
        }
        for (Hold hold = eldest(lapsed);
                hold != null && hold.deadline().isBefore(now.minus(LATE));
                hold = eldest(lapsed)) lapsed.remove(lapsed.keySet().iterator().next());
        tallies.forget(now.minus(LATE));
    }

    private static @Nullable Hold eldest(Map<String, Hold> holds) {
        return holds.isEmpty() ? null : holds.values().iterator().next();
    }

    /** Nothing to end: what is held dies with the process, and the audit log knows it. */
    @Override
    public void close() {
        lock.lock();
        try {
            held.clear();
            lapsed.clear();
        } finally {
            lock.unlock();
        }
    }
}
