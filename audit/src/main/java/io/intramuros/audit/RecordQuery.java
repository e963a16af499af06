// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Instant;

/**
 * Which records are asked for; an empty text asks for all.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param type as {@code request.completed}
 * @param limit the most records, 1 to 10,000
 * @param cursor the least index
 */
public record RecordQuery(
        Instant from, Instant to, String team, String key, String type, String outcome, int limit, long cursor) {
    private static final int MOST = 10_000;

    public RecordQuery {
        if (limit < 1 || limit > MOST)
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to 10000)");
        if (cursor < 0) throw new IllegalArgumentException("cursor: " + cursor + " (expected: >= 0)");
    }

    /** Everything, from the start. */
    public static RecordQuery all(int limit) {
        return new RecordQuery(Instant.MIN, Instant.MAX, "", "", "", "", limit, 0);
    }

    boolean matches(AuditEntry entry) {
        Instant time = entry.time();
        return entry.index() >= cursor
                && !time.isBefore(from)
                && time.isBefore(to)
                && is(team, entry.text("team"))
                && is(key, entry.text("key"))
                && is(type, entry.text("type"))
                && is(outcome, entry.text("outcome"));
    }

    private static boolean is(String asked, String had) {
        return asked.isEmpty() || asked.equals(had);
    }
}
