// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in flight, at each level, by model and in all, of a {@link LocalLedger}, whose lock guards it. */
final class Gauges {
    /** A level, for one model or for all. */
    private record Account(Scope scope, @Nullable String model) {}

    private final Map<Account, Set<String>> inFlight = new HashMap<>();

    long count(Limit limit) {
        return inFlight.getOrDefault(new Account(limit.scope(), limit.model()), Set.of())
                .size();
    }

    void enter(String id, Tallies.Place place) {
        for (Account account : accounts(place))
            inFlight.computeIfAbsent(account, _ -> new HashSet<>()).add(id);
    }

    void leave(String id, Tallies.Place place) {
        for (Account account : accounts(place))
            inFlight.computeIfPresent(account, (_, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
    }

    private static List<Account> accounts(Tallies.Place place) {
        return place.scopes().stream()
                .flatMap(scope -> List.of(new Account(scope, null), new Account(scope, place.model())).stream())
                .toList();
    }
}
