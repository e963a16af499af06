// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is left of each limit that a request meets.
 *
 * @param lines one a limit
 */
public record Standing(List<Line> lines) {
    /**
     * What is left of one limit.
     *
     * @param limit the limit
     * @param remaining what is left, at least 0
     * @param reset how long until all of it is there again, if nobody takes any
     */
    public record Line(Limit limit, long remaining, Duration reset) {
        /** The share that is used, 0 to 1: for alerts. */
        public double used() {
            return limit.capacity() == 0 ? 1 : 1 - (double) remaining / limit.capacity();
        }
    }

    /** Copies the list. */
    public Standing {
        lines = List.copyOf(lines);
    }

    /** The line of this unit that has least left; of two, the one that takes longer to be full again. */
    public Optional<Line> tightest(Limit.Unit unit) {
        return lines.stream()
                .filter(line -> line.limit().unit() == unit)
                .min(Comparator.comparingLong(Line::remaining).thenComparing(Line::reset, Comparator.reverseOrder()));
    }

    /** OpenAI's {@code x-ratelimit-*} headers; none for a unit that has no limit. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Limit.Unit unit : List.of(Limit.Unit.REQUESTS, Limit.Unit.TOKENS)) {
            String suffix = unit.name().toLowerCase(Locale.ROOT);
            tightest(unit).ifPresent(line -> {
                headers.put(
                        "x-ratelimit-limit-" + suffix,
                        Long.toString(line.limit().capacity()));
                headers.put("x-ratelimit-remaining-" + suffix, Long.toString(line.remaining()));
                headers.put("x-ratelimit-reset-" + suffix, written(line.reset()));
            });
        }
        return headers;
    }

    /** Hours, minutes and seconds as OpenAI writes them, rounded up: {@code 1s}, {@code 6m0s}, {@code 23h0m5s}. */
    static String written(Duration duration) {
        Duration whole = Duration.ofSeconds(seconds(duration));
        String seconds = whole.toSecondsPart() + "s";
        if (whole.toMinutes() == 0) return seconds;
        String minutes = whole.toMinutesPart() + "m" + seconds;
        return whole.toHours() == 0 ? minutes : whole.toHours() + "h" + minutes;
    }

    /** Whole seconds, rounded up. */
    static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
