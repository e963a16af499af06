// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.Coverage;
import io.intramuros.gateway.exchange.Coverage.Tally;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.TextSlot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/** Counts what is examined of one request. Made before anything is changed in it. */
final class CoverageCount {
    private static final Tally SCANNED = new Tally(1, 0, 0, 0);
    private static final Tally MASKED = new Tally(1, 1, 0, 0);
    private static final Tally FAILED = new Tally(0, 0, 1, 0);
    private static final Tally UNSCANNED = new Tally(0, 0, 0, 1);

    private final List<String> kinds;
    private final Map<String, Integer> skipped;

    private CoverageCount(List<String> kinds, Map<String, Integer> skipped) {
        this.kinds = kinds;
        this.skipped = skipped;
    }

    static CoverageCount of(ModelRequest request) {
        List<String> kinds = request.slots().stream()
                .map(slot -> FieldKinds.of(slot, request.body()))
                .toList();
        long examined = request.slots().stream()
                .filter(slot -> slot.form() == TextSlot.Form.TEXT || slot.form() == TextSlot.Form.JSON)
                .count();
        // Words of the protocol in their places: a role, a type, the model's name, the id of a call.
        int words = (int) Math.max(0, strings(request.body()) - examined);
        return new CoverageCount(kinds, Map.of("protocol", words));
    }

    private static int strings(JsonNode node) {
        if (node.isString()) return 1;
        int count = 0;
        for (JsonNode child : node) count += strings(child);
        return count;
    }

    /** All were examined; those at the indexes that {@code changed} says were changed. */
    Coverage whole(IntFunction<Boolean> changed) {
        return coverage(index -> changed.apply(index) ? MASKED : SCANNED);
    }

    /** The one at {@code failed} could not be examined, so those after it were not; -1 where nobody knows which. */
    Coverage until(int failed) {
        return coverage(index -> failed < 0 || index > failed ? UNSCANNED : index == failed ? FAILED : SCANNED);
    }

    private Coverage coverage(IntFunction<Tally> one) {
        Map<String, Tally> tallies = new HashMap<>();
        for (int i = 0; i < kinds.size(); i++) tallies.merge(kinds.get(i), one.apply(i), Tally::plus);
        return new Coverage(tallies, skipped);
    }
}
