// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call, a filter or a test.
 *
 * @param positional in order
 * @param named by keyword
 */
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** Refuses more arguments, or other keywords, than these parameters. */
    Arguments only(String what, String... parameters) {
        if (positional.size() > parameters.length
                || !List.of(parameters).containsAll(named.keySet())
                || named.keySet().stream().anyMatch(name -> List.of(parameters).indexOf(name) < positional.size())) {
            throw TemplateException.operation(
                    what + ": wrong arguments (expected: " + String.join(", ", parameters) + ")");
        }
        return this;
    }

    /** The argument at a place or of that name. */
    Optional<Value> find(int place, String name) {
        return place < positional.size() ? Optional.of(positional.get(place)) : Optional.ofNullable(named.get(name));
    }

    Value get(int place, String name, Value absent) {
        return find(place, name).orElse(absent);
    }

    Value required(int place, String name) {
        return find(place, name).orElseThrow(() -> TemplateException.operation("argument " + name + " is missing"));
    }

    boolean flag(int place, String name) {
        return find(place, name).filter(Operators::truth).isPresent();
    }

    /** An integer that must fit. */
    int number(int place, String name, int absent) {
        Optional<Value> found = find(place, name);
        return found.isEmpty() ? absent : Operators.index(found.get(), name);
    }

    /** A text that must be one. */
    Value.Str text(int place, String name) {
        return Operators.text(required(place, name), name);
    }

    /** All but the first positional ones. */
    Arguments rest(int from) {
        return new Arguments(positional.subList(Math.min(from, positional.size()), positional.size()), named);
    }

    /** The size of what was given. */
    int count() {
        return positional.size() + named.size();
    }
}
