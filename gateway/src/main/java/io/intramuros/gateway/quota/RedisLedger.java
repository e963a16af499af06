// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The ledger that several gateways share through Redis: one round trip a reservation and one a settlement. While the
 * store is away, reservations are refused at once, and settlements wait until it is back.
 */
public final class RedisLedger implements Ledger {
    /**
     * What all gateways of an organization agree on.
     *
     * @param organization its id
     * @param epoch the id that the database keeps; a store with another one is not ours, or is an old copy
     * @param minted true where this process has just written that id: then nothing can be held yet
     * @param lease how long a reservation holds that no living gateway speaks for, at least 1 s
     */
    public record Settings(String organization, String epoch, boolean minted, Duration lease) {
        /** Refuses a lease that beats could not keep up with. */
        public Settings {
            if (lease.compareTo(Duration.ofSeconds(1)) < 0)
                throw new IllegalArgumentException("lease: " + lease + " (expected: at least PT1S)");
        }
    }

    private static final System.Logger LOG = System.getLogger(RedisLedger.class.getName());

    private final OrganizationCalendar calendar;
    private final InstantSource clock;
    private final UsageTotals totals;
    private final RedisStore store;
    private final Reservations reservations = new Reservations();

    /** By name, the latest window that was asked for of each limit by day or month. */
    private final ConcurrentMap<String, Charge> windows = new ConcurrentHashMap<>();

    private final RedisUpkeep upkeep;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "quota",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(10)
                    .minimumNumberOfCalls(5)
                    .waitDurationInOpenState(Duration.ofMillis(500))
                    .permittedNumberOfCallsInHalfOpenState(2)
                    .build());

    /** Begins to speak for what it will hold. It does not close the link. */
    public RedisLedger(
            RedisLink link, Settings settings, OrganizationCalendar calendar, InstantSource clock, UsageTotals totals) {
        this(link, settings, calendar, clock, totals, RedisStore.Scripts.OURS);
    }

    RedisLedger(
            RedisLink link,
            Settings settings,
            OrganizationCalendar calendar,
            InstantSource clock,
            UsageTotals totals,
            RedisStore.Scripts scripts) {
        this.calendar = calendar;
        this.clock = clock;
        this.totals = totals;
        this.store = new RedisStore(link, scripts, settings.organization(), settings.lease());
        this.upkeep = new RedisUpkeep(link, store, settings, reservations, new FromHere());
        upkeep.start();
    }

    @Override
    public Reservation reserve(ReserveRequest request) {
        Instant now = clock.instant();
        if (reservations.holds(request.id()))
            throw new IllegalArgumentException("id: " + request.id() + " (expected: not held already)");
        List<Charge> charges = Charge.of(request, calendar, now);
        for (Charge charge : charges)
            if (charge.window().isPresent()) windows.put(charge.limit().name(), charge);
        Optional<Reservation> byForm = Charge.refusedByForm(charges, now);
        if (byForm.isPresent()) return byForm.get();
        if (!breaker.tryAcquirePermission()) return new Reservation.Unavailable("the quota store has failed lately");
        long began = System.nanoTime();
        try {
            List<Long> answer = ask(upkeep.epoch(), request.id(), "take", charges);
            breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            return read(answer, request, charges, now);
        } catch (StoreDown e) {
            breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, e);
            withdraw(request.id());
            return new Reservation.Unavailable(String.valueOf(e.getMessage()));
        } catch (TotalsDown e) {
            breaker.releasePermission();
            LOG.log(System.Logger.Level.WARNING, "no window can be opened", e);
            return new Reservation.Unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** Asks; where the counter of a window is missing, opens it with what the database knows and asks again. */
    private List<Long> ask(String under, String id, String mode, List<Charge> charges) throws StoreDown, TotalsDown {
        List<Long> answer = RedisLink.await(store.reserve(under, id, mode, charges));
        if (answer.getFirst() != -3) return answer;
        for (long index : answer.subList(1, answer.size())) {
            Charge charge = charges.get((int) index - 1);
            store.open(charge, known(charge));
        }
        return RedisLink.await(store.reserve(under, id, mode, charges));
    }

    private Reservation read(List<Long> answer, ReserveRequest request, List<Charge> charges, Instant now) {
        return switch (answer.getFirst().intValue()) {
            case 1 -> {
                reservations.held(request.id(), charges);
                yield new Reservation.Held(request.id(), standing(charges, answer.subList(1, answer.size()), now));
            }
            case 0 -> {
                Charge worst = charges.get(answer.get(1).intValue() - 1);
                Standing standing = standing(charges, answer.subList(3, answer.size()), now);
                yield Charge.refused(worst, Duration.ofMillis(answer.get(2)), standing);
            }
            default -> unavailable(answer.getFirst(), request.id());
        };
    }

    private Reservation unavailable(long code, String id) {
        if (code == -2) {
            upkeep.epochLost();
            return new Reservation.Unavailable("the quota store has lost its counters and is being rebuilt");
        }
        if (code == -1) {
            withdraw(id); // sent again by the connection when it came back: nobody waits for the first any more
            return new Reservation.Unavailable("the reservation was sent twice");
        }
        return new Reservation.Unavailable("the quota store lost the counter of a window just opened");
    }

    private static Standing standing(List<Charge> charges, List<Long> left, Instant now) {
        List<Standing.Line> lines = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) lines.add(charges.get(i).line(left.get(i), now));
        return new Standing(lines);
    }

    /** A reserve without an answer may still be done: takes it back, on the same connection, hence after it. */
    private void withdraw(String id) {
        reservations.end(id, RedisStore.Mode.VOID, Usage.NONE);
        upkeep.send(id);
    }

    @Override
    public void progress(String id, Usage soFar) {
        reservations.progress(id, soFar);
    }

    @Override
    public void settle(String id, Usage actual) {
        reservations.end(id, RedisStore.Mode.SETTLE, actual);
        try {
            RedisLink.await(upkeep.send(id));
        } catch (StoreDown e) {
            LOG.log(System.Logger.Level.DEBUG, "a settlement waits until the quota store is back", e);
        }
    }

    /** What this gateway remembers, and what the database does. */
    private final class FromHere implements RedisUpkeep.Memory {
        @Override
        public void reassert(String under, String id, List<Charge> charges) throws IOException {
            ask(under, id, "force", charges);
        }

        @Override
        public void raise() throws IOException {
            Instant now = clock.instant();
            windows.values()
                    .removeIf(charge -> charge.window().orElseThrow().end().isBefore(now));
            for (Charge charge : windows.values()) store.raise(charge, known(charge));
        }
    }

    private long known(Charge charge) throws TotalsDown {
        OrganizationCalendar.Window window = charge.window().orElseThrow();
        try {
            return totals.used(charge.limit(), window.start(), window.end());
        } catch (RuntimeException e) {
            // whatever a database throws: without its answer the window stays closed
            throw new TotalsDown(e);
        }
    }

    /** The database did not say what was used. */
    private static final class TotalsDown extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        TotalsDown(RuntimeException cause) {
            super("the usage totals cannot be read", cause);
        }
    }

    /** Lapses what no living gateway speaks for. */
    void sweep() throws StoreDown {
        upkeep.sweep();
    }

    /** Ends this gateway's part: what is still held lapses when its lease is over. */
    @Override
    public void close() {
        upkeep.close();
    }
}
