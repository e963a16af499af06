// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A level of the tree that a limit holds at, written {@code org}, {@code team:T}, {@code project:T/P} or
 * {@code key:ID}.
 *
 * @param level the level
 * @param id the name at that level; empty for the organization
 */
public record Scope(Level level, String id) {
    /** The levels, widest first. */
    public enum Level {
        ORG,
        TEAM,
        PROJECT,
        KEY
    }

    public static final Scope ORG = new Scope(Level.ORG, "");

    /** Refuses an organization with a name and any other level without one. */
    public Scope {
        if ((level == Level.ORG) != id.isEmpty())
            throw new IllegalArgumentException("scope id: " + id + " (expected: empty for the organization only)");
    }

    /** The four levels that a request by this key counts at, widest first. */
    public static List<Scope> path(String team, String project, String key) {
        return List.of(
                ORG,
                new Scope(Level.TEAM, team),
                new Scope(Level.PROJECT, team + "/" + project),
                new Scope(Level.KEY, key));
    }

    /** Reads the written form. */
    public static Scope parse(String written) {
        if (written.equals("org")) return ORG;
        int colon = written.indexOf(':');
        @Nullable Level level = colon < 0 ? null : level(written.substring(0, colon));
        if (level == null || colon + 1 == written.length())
            throw new IllegalArgumentException(
                    "scope: \"" + written + "\" (expected: org, team:T, project:T/P or key:ID)");
        return new Scope(level, written.substring(colon + 1));
    }

    private static @Nullable Level level(String name) {
        return switch (name) {
            case "team" -> Level.TEAM;
            case "project" -> Level.PROJECT;
            case "key" -> Level.KEY;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return switch (level) {
            case ORG -> "org";
            case TEAM -> "team:" + id;
            case PROJECT -> "project:" + id;
            case KEY -> "key:" + id;
        };
    }
}
