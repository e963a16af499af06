// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.RecordQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The parameters of a search in the log, read strictly: one that is mistyped must not find everything. */
final class Search {
    private static final int MOST_CHARS = 200;
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("from", "to", "team", "key", "type", "outcome", "finding", "limit", "cursor"));

    /** What says how a file is to be written, and not which records. */
    private static final Set<String> FORM = Set.of("format", "pack");

    private final Map<String, String> parameters;

    private Search(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static RecordQuery query(Map<String, String> parameters) {
        for (String name : parameters.keySet())
            if (!KNOWN.contains(name))
                throw AdminError.invalid("a parameter that is not known (expected: " + String.join(", ", KNOWN) + ")");
        for (String value : parameters.values())
            if (value.length() > MOST_CHARS)
                throw AdminError.invalid(
                        "a parameter that is too long (expected: at most " + MOST_CHARS + " characters)");
        Search search = new Search(parameters);
        return Checked.value(() -> new RecordQuery(
                first(search.text("from")),
                last(search.text("to")),
                search.text("team"),
                search.text("key"),
                search.text("type"),
                search.text("outcome"),
                search.text("finding"),
                (int) search.whole("limit", 100),
                search.whole("cursor", 0)));
    }

    /** The terms of a file's records: no limit, no cursor. */
    static RecordQuery all(Map<String, String> parameters) {
        Map<String, String> terms = new HashMap<>(parameters);
        terms.keySet().removeAll(FORM);
        if (terms.containsKey("limit") || terms.containsKey("cursor"))
            throw AdminError.invalid("limit, cursor: not for files (expected: from and to)");
        terms.put("limit", "1");
        return query(terms);
    }

    /** What was asked, as the log records it: names and values in turn. */
    static String[] asked(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .flatMap(term -> Stream.of("asked_" + term.getKey(), term.getValue()))
                        .toArray(String[]::new);
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
