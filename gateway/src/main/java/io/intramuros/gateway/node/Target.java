// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Node;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica as a call sees it.
 *
 * @param node the node's name
 * @param type what the node speaks
 * @param engine which server it is, where that is known
 * @param zone where it stands; null where nobody said
 * @param url scheme, host and port
 * @param as the model's name there
 * @param token the bearer token for the node, read anew for each call; null where it wants none
 * @param maxConcurrent the most calls at once, at least 1
 */
public record Target(
        String node,
        Node.Type type,
        Node.Engine engine,
        @Nullable String zone,
        URI url,
        String as,
        @Nullable Supplier<String> token,
        int maxConcurrent) {
    public Target {
        if (maxConcurrent < 1)
            throw new IllegalArgumentException("maxConcurrent: " + maxConcurrent + " (expected: >= 1)");
    }

    @Override
    public String toString() {
        return node + " as " + as;
    }
}
