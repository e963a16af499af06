// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which records are asked for; an empty text asks for all.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param type as {@code request.completed}
 * @param finding a type of entity that was found in it, as {@code EMAIL}
 * @param limit the most records, 1 to 10,000
 * @param cursor the least index
 */
public record RecordQuery(
        Instant from,
        Instant to,
        String team,
        String key,
        String type,
        String outcome,
        String finding,
        int limit,
        long cursor) {
    private static final int MOST = 10_000;

    public RecordQuery {
        if (limit < 1 || limit > MOST)
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to 10000)");
        if (cursor < 0) throw new IllegalArgumentException("cursor: " + cursor + " (expected: >= 0)");
    }

    /** Without a type of finding. */
    public RecordQuery(
            Instant from, Instant to, String team, String key, String type, String outcome, int limit, long cursor) {
        this(from, to, team, key, type, outcome, "", limit, cursor);
    }

    /** The same, for a page. */
    RecordQuery page(int most, long from) {
        return new RecordQuery(this.from, to, team, key, type, outcome, finding, most, from);
    }

    /** Whether it leaves nothing of the period out. */
    boolean isWhole() {
        return team.isEmpty() && isWholeTeam();
    }

    /** Whether it leaves nothing of a team out, or of all. */
    boolean isWholeTeam() {
        return key.isEmpty() && type.isEmpty() && outcome.isEmpty() && finding.isEmpty();
    }

    /** The terms that a record must have, as {@link Terms} writes them. */
    List<String> terms() {
        return Terms.of(Map.of("team", team, "key", key, "type", type, "outcome", outcome, "pii", finding));
    }

    /** Everything, from the start. */
    public static RecordQuery all(int limit) {
        return new RecordQuery(Instant.MIN, Instant.MAX, "", "", "", "", "", limit, 0);
    }

    boolean matches(AuditEntry entry) {
        Instant time = entry.time();
        return entry.index() >= cursor
                && !time.isBefore(from)
                && time.isBefore(to)
                && is(team, entry.text("team"))
                && is(key, entry.text("key"))
                && is(type, entry.text("type"))
                && is(outcome, entry.text("outcome"))
                && (finding.isEmpty() || entry.has("pii." + finding));
    }

    private static boolean is(String asked, String had) {
        return asked.isEmpty() || asked.equals(had);
    }
}
