// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How long records are kept.
 *
 * @param standard of whoever has no time of its own, 1 day to 100 years
 * @param teams those that have one
 * @param highRisk those whose systems are of high risk (EU AI Act, articles 19 and 26: at least six months)
 */
public record Retention(Duration standard, Map<String, Duration> teams, Set<String> highRisk) {
    /** What suits most: thirteen months. */
    public static final Duration USUAL = Duration.ofDays(400);

    /** Six months, and a day. */
    static final Duration FLOOR = Duration.ofDays(184);

    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(36_525);

    public Retention {
        teams = Map.copyOf(teams);
        highRisk = Set.copyOf(highRisk);
        within("standard", standard, LEAST);
        teams.forEach((team, time) -> within("teams." + team, time, LEAST));
        for (String team : highRisk) within("teams." + team, teams.getOrDefault(team, standard), FLOOR);
    }

    private static void within(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(MOST) > 0)
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + MOST + ")");
    }

    /** How long a team's records are kept. */
    Duration of(String team) {
        return teams.getOrDefault(team, standard);
    }
}
