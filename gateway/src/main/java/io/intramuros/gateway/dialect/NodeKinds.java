// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.policies.Node;
import java.util.Map;

/**
 * The kinds of nodes there are.
 *
 * @param byType one for each type that resources can name
 * @param byEngine those of the type {@code openai}, for each server that resources can name
 */
public record NodeKinds(Map<Node.Type, NodeKind> byType, Map<Node.Engine, NodeKind> byEngine) {
    public NodeKinds {
        byType = Map.copyOf(byType);
        byEngine = Map.copyOf(byEngine);
        for (Node.Type type : Node.Type.values())
            if (!byType.containsKey(type)) throw new IllegalArgumentException(type + ": no kind (expected: one)");
    }

    /** The kind of a node. */
    public NodeKind of(Node.Type type, Node.Engine engine) {
        NodeKind kind = type == Node.Type.OPENAI ? byEngine.get(engine) : byType.get(type);
        if (kind == null) throw new IllegalStateException(type + ": no kind (expected: one)");
        return kind;
    }
}
