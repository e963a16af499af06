// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The organization's days and months. A day has 23 or 25 hours where clocks change.
 *
 * @param zone the organization's time zone
 */
public record OrganizationCalendar(ZoneId zone) {
    /**
     * A day or a month.
     *
     * @param key its name: {@code 2031-03-30} or {@code 2031-03}
     * @param start its first instant
     * @param end the first instant after it
     */
    public record Window(String key, Instant start, Instant end) {}

    /** The window of this sort that an instant falls in; none for rates and concurrency. */
    Optional<Window> window(Limit.Per per, Instant at) {
        LocalDate date = at.atZone(zone).toLocalDate();
        return switch (per) {
            case Limit.Per.Day _ -> Optional.of(window(date.toString(), date, date.plusDays(1)));
            case Limit.Per.Month _ -> {
                LocalDate first = date.withDayOfMonth(1);
                yield Optional.of(window(first.toString().substring(0, 7), first, first.plusMonths(1)));
            }
            case Limit.Per.Rate _, Limit.Per.Now _ -> Optional.empty();
        };
    }

    private Window window(String key, LocalDate first, LocalDate next) {
        // not midnight: some zones skip it when clocks change
        return new Window(
                key,
                first.atStartOfDay(zone).toInstant(),
                next.atStartOfDay(zone).toInstant());
    }
}
