// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.Callable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The tools that a request offers.
 *
 * @param told each as the model's template is told of it; empty where the model is to call none
 * @param callable those of them that it may call
 * @param forced whether it must call
 * @param several whether it may call more than once in one answer
 */
record Offer(List<JsonNode> told, List<Callable> callable, boolean forced, boolean several) {
    /** No tools. */
    static final Offer NONE = new Offer(List.of(), List.of(), false, false);

    Offer {
        told = List.copyOf(told);
        callable = List.copyOf(callable);
    }

    boolean isNone() {
        return told.isEmpty();
    }

    /** Whether the arguments of some tool are held to its schema. */
    boolean isHeld() {
        return callable.stream().anyMatch(Callable::held);
    }

    /** The schema of each function's arguments, by its name. */
    Map<String, JsonNode> schemas() {
        return callable.stream().collect(Collectors.toMap(Callable::name, Callable::parameters));
    }

    /** Says nothing of the tools. */
    @Override
    public String toString() {
        return "Offer[" + told.size() + " tools, forced=" + forced + "]";
    }
}
