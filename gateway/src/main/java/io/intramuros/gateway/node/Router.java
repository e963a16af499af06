// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Picks the nodes for a request: those that are let through first, of them the one with the fewest calls of ours. */
public final class Router {
    private final Supplier<Catalog> catalog;
    private final NodeClient client;

    public Router(Supplier<Catalog> catalog, NodeClient client) {
        this.catalog = catalog;
        this.client = client;
    }

    /**
     * The replicas to try, best first; empty where no allowed zone has one.
     *
     * @param zones where they may stand; empty for anywhere
     */
    public List<Target> route(Model model, Set<String> zones) {
        return catalog.get().targets(model, zones).stream()
                .sorted(Comparator.comparing((Target target) -> !client.isAvailable(target.node()))
                        .thenComparingDouble(target -> (double) client.inFlight(target) / target.maxConcurrent()))
                .toList();
    }
}
