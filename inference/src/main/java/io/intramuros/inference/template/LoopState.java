// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a loop is; one for each run of a {@code for}. */
final class LoopState {
    private final List<Value> items;
    private final int depth;
    private final Optional<Value.Function.Body> recurse;
    private int index = -1;
    private @Nullable List<Value> seen;

    LoopState(List<Value> items, int depth, Optional<Value.Function.Body> recurse) {
        this.items = items;
        this.depth = depth;
        this.recurse = recurse;
    }

    /** Goes on to the next item, where there is one. */
    Optional<Value> next() {
        return ++index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
    }

    int depth() {
        return depth;
    }

    Value call(Arguments arguments) {
        return recurse.orElseThrow(() -> TemplateException.operation("loop: not recursive"))
                .call(arguments);
    }

    Value attribute(String name) {
        return switch (name) {
            case "index" -> Value.Int.of(index + 1);
            case "index0" -> Value.Int.of(index);
            case "revindex" -> Value.Int.of(items.size() - index);
            case "revindex0" -> Value.Int.of(items.size() - index - 1);
            case "first" -> Value.Bool.of(index == 0);
            case "last" -> Value.Bool.of(index == items.size() - 1);
            case "length" -> Value.Int.of(items.size());
            case "depth" -> Value.Int.of(depth + 1);
            case "depth0" -> Value.Int.of(depth);
            case "previtem" -> index > 0 ? items.get(index - 1) : new Value.Undefined("the item before the first");
            case "nextitem" ->
                index + 1 < items.size() ? items.get(index + 1) : new Value.Undefined("the item after the last");
            case "cycle" -> new Value.Function("cycle", this::cycle);
            case "changed" -> new Value.Function("changed", this::changed);
            default -> new Value.Undefined("loop." + name);
        };
    }

    private Value cycle(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw TemplateException.operation("loop.cycle: no items");
        }
        return arguments.positional().get(index % arguments.positional().size());
    }

    private Value changed(Arguments arguments) {
        boolean changed = seen == null || !seen.equals(arguments.positional());
        seen = List.copyOf(arguments.positional());
        return Value.Bool.of(changed);
    }
}
