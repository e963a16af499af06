// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code a.b} and {@code a[b]} find. As in Jinja2, a dot asks for a method first and a bracket for an item first.
 * Only methods that change nothing exist here.
 */
final class Members {
    private final TextMethods methods;

    Members(Meter meter) {
        this.methods = new TextMethods(meter);
    }

    Value attribute(Value target, String name) {
        Operators.refuseUndefined(target);
        return method(target, name)
                .orElseGet(
                        () -> target instanceof Value.Mapping(var entries) && entries.containsKey(Value.Str.own(name))
                                ? entries.get(Value.Str.own(name))
                                : new Value.Undefined(name));
    }

    Value item(Value target, Value key) {
        Operators.refuseUndefined(target);
        Optional<Value> found = switch (target) {
            case Value.Mapping(var entries) -> Optional.ofNullable(entries.get(hashable(key)));
            case Value.Seq seq
            when seq.indexed() && Operators.isInteger(key) ->
                place(key, seq.items().size()).map(seq.items()::get);
            case Value.Str str when Operators.isInteger(key) -> character(str, key);
            default -> Optional.empty();
        };
        if (found.isPresent()) {
            return found.get();
        }
        if (key instanceof Value.Str name) {
            return method(target, name.text()).orElseGet(() -> new Value.Undefined("an item"));
        }
        return new Value.Undefined("an item");
    }

    private static Value hashable(Value key) {
        return key instanceof Value.Mapping || (key instanceof Value.Seq seq && seq.kind() != Value.Seq.Kind.TUPLE)
                ? new Value.Undefined("a key")
                : Operators.key(key);
    }

    private static Optional<Integer> place(Value key, int length) {
        BigInteger index = Operators.integer(key, "index");
        BigInteger at = index.signum() < 0 ? index.add(BigInteger.valueOf(length)) : index;
        boolean inside = at.signum() >= 0 && at.compareTo(BigInteger.valueOf(length)) < 0;
        return inside ? Optional.of(at.intValue()) : Optional.empty();
    }

    private static Optional<Value> character(Value.Str str, Value key) {
        return place(key, Python.length(str.text())).map(index -> {
            int from = str.text().offsetByCodePoints(0, index);
            return str.part(from, str.text().offsetByCodePoints(from, 1));
        });
    }

    private Optional<Value> method(Value target, String name) {
        return switch (target) {
            case Value.Str str -> methods.find(str, name).map(body -> new Value.Function(name, body));
            case Value.Mapping mapping -> Optional.ofNullable(method(mapping, name));
            case Value.Seq seq when seq.indexed() -> method(seq, name);
            case Value.Namespace(var fields) -> Optional.ofNullable(fields.get(name));
            case Value.Loop(var state) -> Optional.of(state.attribute(name));
            case Value.Function function when name.equals("name") -> Optional.of(Value.Str.own(function.name()));
            default -> Optional.empty();
        };
    }

    private static Value.@org.jspecify.annotations.Nullable Function method(Value.Mapping mapping, String name) {
        Map<Value, Value> entries = mapping.entries();
        return switch (name) {
            case "items" ->
                new Value.Function(name, arguments -> {
                    arguments.only("items");
                    return items(mapping);
                });
            case "keys" -> new Value.Function(name, _ -> Value.Seq.view(List.copyOf(entries.keySet())));
            case "values" -> new Value.Function(name, _ -> Value.Seq.view(List.copyOf(entries.values())));
            case "copy" -> new Value.Function(name, _ -> mapping);
            case "get" ->
                new Value.Function(name, arguments -> {
                    arguments.only("get", "key", "default");
                    Value found = entries.get(Operators.key(arguments.required(0, "key")));
                    return found != null ? found : arguments.get(1, "default", Value.None.NONE);
                });
            default -> null;
        };
    }

    /** The keys and values of a mapping, in pairs. */
    static Value items(Value.Mapping mapping) {
        return Value.Seq.view(mapping.entries().entrySet().stream()
                .map(entry -> (Value) Value.Seq.tuple(List.of(entry.getKey(), entry.getValue())))
                .toList());
    }

    private static Optional<Value> method(Value.Seq seq, String name) {
        return switch (name) {
            case "index" ->
                Optional.of(new Value.Function(name, arguments -> {
                    for (int i = 0; i < seq.items().size(); i++) {
                        if (Operators.equal(seq.items().get(i), arguments.required(0, "value"))) {
                            return Value.Int.of(i);
                        }
                    }
                    throw TemplateException.operation("index: not in the list");
                }));
            case "count" ->
                Optional.of(new Value.Function(
                        name,
                        arguments -> Value.Int.of(seq.items().stream()
                                .filter(item -> Operators.equal(item, arguments.required(0, "value")))
                                .count())));
            case "copy" -> Optional.of(new Value.Function(name, _ -> seq));
            default -> Optional.empty();
        };
    }
}
