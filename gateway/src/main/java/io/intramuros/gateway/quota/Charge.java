// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one request asks of one limit.
 *
 * @param limit the limit
 * @param amount how much of it
 * @param window the day or month it counts in; none for rates and concurrency
 */
record Charge(Limit limit, long amount, Optional<OrganizationCalendar.Window> window) {
    /** The charges of a request; of two limits that count the same, only the smaller matters. */
    static List<Charge> of(ReserveRequest request, OrganizationCalendar calendar, Instant now) {
        Map<String, Limit> limits = new LinkedHashMap<>();
        for (Limit limit : request.limits())
            if (limit.counts(request.scopes(), request.model()))
                limits.merge(limit.name(), limit, (a, b) -> a.capacity() <= b.capacity() ? a : b);
        List<Charge> charges = new ArrayList<>();
        for (Limit limit : limits.values())
            charges.add(new Charge(limit, request.estimate().of(limit.unit()), calendar.window(limit.per(), now)));
        return List.copyOf(charges);
    }

    /** The refusal that needs no look at what was used: a limit of 0, or one that the request is larger than. */
    static Optional<Reservation> refusedByForm(List<Charge> charges, Instant now) {
        for (Charge charge : charges)
            if (charge.limit.amount() > 0 && charge.amount > charge.limit.capacity())
                return Optional.of(new Reservation.NeverFits(charge.limit));
        for (Charge charge : charges)
            if (charge.limit.amount() == 0)
                return Optional.of(
                        refused(charge, charge.untilFull(0, now), new Standing(List.of(charge.line(0, now)))));
        return Optional.empty();
    }

    static Reservation refused(Charge charge, Duration wait, Standing standing) {
        return new Reservation.Refused(charge.limit, Reservation.Kind.of(charge.limit.per()), wait, standing);
    }

    /** What is left, for the caller to see: debt shows as nothing left. */
    Standing.Line line(long remaining, Instant now) {
        long shown = Math.max(0, remaining);
        return new Standing.Line(limit, shown, untilFull(remaining, now));
    }

    private Duration untilFull(long remaining, Instant now) {
        return switch (limit.per()) {
            case Limit.Per.Rate(Duration period) when limit.amount() == 0 -> period;
            case Limit.Per.Rate(Duration period) ->
                Duration.ofMillis(Math.ceilDiv((limit.capacity() - remaining) * period.toMillis(), limit.amount()));
            case Limit.Per.Day _, Limit.Per.Month _ ->
                Duration.between(now, window.orElseThrow().end());
            case Limit.Per.Now _ -> Duration.ZERO;
        };
    }
}
