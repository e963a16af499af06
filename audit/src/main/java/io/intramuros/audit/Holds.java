// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The holds of a log, which stand in its records and nowhere else. Any number of threads. */
final class Holds {
    private final Map<String, Hold> byId = new LinkedHashMap<>();

    synchronized List<Hold> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized boolean pins(AuditEntry entry) {
        return byId.values().stream().anyMatch(hold -> hold.pins(entry));
    }

    /** Takes a record that the log has. */
    synchronized void see(AuditEntry entry) {
        String id = entry.text("hold");
        switch (entry.type()) {
            case "hold.proposed" ->
                byId.put(
                        id,
                        new Hold(
                                id,
                                entry.text("team"),
                                Instant.parse(entry.text("from")),
                                Instant.parse(entry.text("to")),
                                Hold.State.PROPOSED,
                                entry.text("actor")));
            case "hold.set" -> change(id, Hold.State.SET, entry.text("actor"));
            case "hold.lift_proposed" -> change(id, Hold.State.LIFTING, entry.text("actor"));
            case "hold.lifted" -> change(id, Hold.State.LIFTED, entry.text("actor"));
            default -> {
                // nothing about holds
            }
        }
    }

    private void change(String id, Hold.State state, String actor) {
        byId.computeIfPresent(id, (_, hold) -> new Hold(id, hold.team(), hold.from(), hold.to(), state, actor));
    }

    /**
     * The record of the next step towards a hold that is set, or lifted.
     *
     * @throws IllegalArgumentException if there is no such hold, or the one who asked for it asks again
     */
    synchronized AuditRecord step(String id, String actor, boolean towardsSet) {
        Hold hold = byId.get(id);
        if (hold == null) throw new IllegalArgumentException("hold: unknown (expected: one that was proposed)");
        String type = type(hold, towardsSet);
        boolean confirms = type.equals("hold.set") || type.equals("hold.lifted");
        if (confirms && hold.by().equals(actor))
            throw new IllegalArgumentException("actor: the one who asked for it (expected: a second person)");
        return AuditRecord.of(type)
                .with("hold", id)
                .team(hold.team())
                .actor(actor)
                .build();
    }

    private static String type(Hold hold, boolean towardsSet) {
        return switch (hold.state()) {
            case PROPOSED -> {
                if (!towardsSet) throw wrong("it is not set");
                yield "hold.set";
            }
            case SET -> {
                if (towardsSet) throw wrong("it is set already");
                yield "hold.lift_proposed";
            }
            case LIFTING -> {
                if (towardsSet) throw wrong("it is being lifted");
                yield "hold.lifted";
            }
            case LIFTED -> throw wrong("it is lifted already");
        };
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("hold: " + why + " (expected: the next step of this hold)");
    }
}
