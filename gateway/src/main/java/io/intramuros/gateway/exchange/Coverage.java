// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What was examined of a request and what not, by kind of field. It holds counts and names of ours, never text.
 *
 * @param kinds a tally for each kind of field, as {@code user} or {@code assistant.arguments}
 * @param skipped strings that were not examined, by the reason
 */
public record Coverage(Map<String, Tally> kinds, Map<String, Integer> skipped) {
    public Coverage {
        kinds = Map.copyOf(kinds);
        skipped = Map.copyOf(skipped);
    }

    /**
     * The fields of one kind.
     *
     * @param scanned examined to their end
     * @param masked of those, how many were changed
     * @param failed how many could not be examined
     * @param unscanned how many were not reached, as another failed first
     */
    public record Tally(int scanned, int masked, int failed, int unscanned) {
        /** Of none. */
        public static final Tally NONE = new Tally(0, 0, 0, 0);

        /** Both together. */
        public Tally plus(Tally other) {
            return new Tally(
                    scanned + other.scanned, masked + other.masked, failed + other.failed, unscanned + other.unscanned);
        }
    }

    /** What was examined, as {@code system=1 user=2}. */
    public String scanned() {
        return text(Tally::scanned);
    }

    /** What was changed. */
    public String masked() {
        return text(Tally::masked);
    }

    /** What could not be examined. */
    public String failed() {
        return text(Tally::failed);
    }

    /** What was not reached. */
    public String unscanned() {
        return text(Tally::unscanned);
    }

    /** What was passed over, by reason. */
    public String skippedBecause() {
        return text(skipped);
    }

    private String text(ToIntFunction<Tally> count) {
        Map<String, Integer> counts = new TreeMap<>();
        kinds.forEach((kind, tally) -> counts.put(kind, count.applyAsInt(tally)));
        return text(counts);
    }

    private static String text(Map<String, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(" "));
    }
}
