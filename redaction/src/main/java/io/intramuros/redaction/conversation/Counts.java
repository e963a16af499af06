// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many findings there were.
 *
 * @param byType for each type that was found, how often each action met it
 */
public record Counts(Map<EntityType, Map<Action, Integer>> byType) {
    public Counts {
        Map<EntityType, Map<Action, Integer>> copy = new EnumMap<>(EntityType.class);
        byType.forEach((type, actions) -> copy.put(type, Map.copyOf(actions)));
        byType = Map.copyOf(copy);
    }

    static Counts of(List<Applied> findings) {
        Map<EntityType, Map<Action, Integer>> byType = new EnumMap<>(EntityType.class);
        for (Applied finding : findings)
            byType.computeIfAbsent(finding.type(), _ -> new EnumMap<>(Action.class))
                    .merge(finding.action(), 1, Integer::sum);
        return new Counts(byType);
    }

    /** The findings of a type, whatever became of them. */
    public int of(EntityType type) {
        return byType.getOrDefault(type, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** All findings. */
    public int total() {
        return byType.keySet().stream().mapToInt(this::of).sum();
    }
}
