// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.RecordQuery;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a search in the log, read strictly: one that is mistyped must not find everything. */
final class Search {
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("from", "to", "team", "key", "type", "outcome", "limit", "cursor"));

    private final Map<String, String> parameters;

    private Search(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static RecordQuery query(Map<String, String> parameters) {
        for (String name : parameters.keySet())
            if (!KNOWN.contains(name))
                throw AdminError.invalid("a parameter that is not known (expected: " + String.join(", ", KNOWN) + ")");
        Search search = new Search(parameters);
        return Checked.value(() -> new RecordQuery(
                first(search.text("from")),
                last(search.text("to")),
                search.text("team"),
                search.text("key"),
                search.text("type"),
                search.text("outcome"),
                (int) search.whole("limit", 100),
                search.whole("cursor", 0)));
    }

    static Instant first(String from) {
        return from.isEmpty() ? Instant.MIN : Checked.moment("from", from);
    }

    static Instant last(String to) {
        return to.isEmpty() ? Instant.MAX : Checked.moment("to", to);
    }

    private String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    private long whole(String name, long otherwise) {
        String written = text(name);
        if (written.isEmpty()) return otherwise;
        if (!written.matches("[0-9]{1,9}")) throw AdminError.invalid(name + ": no number (expected: a whole number)");
        return Long.parseLong(written);
    }
}
