// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Instant;

/**
 * Records that must not go, whatever their time: set by two people, and lifted by two.
 *
 * @param id its name, letters, digits, dots and dashes
 * @param team whose records; empty for all
 * @param from the first moment
 * @param to the moment after the last
 * @param state how far it is
 * @param by who asked for the last change
 */
public record Hold(String id, String team, Instant from, Instant to, State state, String by) {
    /** How far a hold is. */
    public enum State {
        /** One has asked for it; it pins already, so that nothing goes meanwhile. */
        PROPOSED,
        /** Two want it. */
        SET,
        /** One wants it lifted; it still pins. */
        LIFTING,
        /** It pins no more. */
        LIFTED
    }

    public Hold {
        if (!id.matches("[A-Za-z0-9.-]{1,64}"))
            throw new IllegalArgumentException("id: not usable (expected: 1 to 64 letters, digits, dots and dashes)");
        if (!from.isBefore(to)) throw new IllegalArgumentException("from: not before to (expected: a period)");
    }

    /** Whether it wants a record kept. */
    boolean pins(AuditEntry entry) {
        if (state == State.LIFTED) return false;
        if (entry.type().startsWith("hold.") && entry.text("hold").equals(id)) return true;
        return !entry.time().isBefore(from)
                && entry.time().isBefore(to)
                && (team.isEmpty() || team.equals(entry.text("team")));
    }
}
