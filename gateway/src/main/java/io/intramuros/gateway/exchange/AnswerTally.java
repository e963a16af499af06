// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often what was found in an answer, and what was done to it. For several threads. */
public final class AnswerTally {
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Counts one find. */
    public synchronized void add(EntityType type, Action action) {
        counts.merge(type + "." + action.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    /** The counts, as {@code EMAIL.mask=2 SECRET.mask=1}; empty where nothing was found. */
    public synchronized String text() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "AnswerTally[" + text() + "]";
    }
}
