// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template has. */
final class Globals {
    private Globals() {}

    static Map<String, Value> of(Meter meter, ZonedDateTime now) {
        Map<String, Value> globals = new HashMap<>();
        put(globals, "range", arguments -> range(arguments.only("range", "start", "stop", "step"), meter));
        put(globals, "namespace", Globals::namespace);
        put(globals, "dict", Globals::dict);
        put(globals, "raise_exception", arguments -> {
            throw TemplateException.refused(
                    Printed.str(arguments.required(0, "message")).text());
        });
        put(
                globals,
                "strftime_now",
                arguments ->
                        Value.Str.own(Dates.format(arguments.text(0, "format").text(), now)));
        put(globals, "joiner", arguments -> joiner(arguments.get(0, "sep", Value.Str.own(", "))));
        return globals;
    }

    private static void put(Map<String, Value> globals, String name, Value.Function.Body body) {
        globals.put(name, new Value.Function(name, body));
    }

    private static Value range(Arguments arguments, Meter meter) {
        int first = Operators.index(arguments.required(0, "start"), "range");
        boolean single = arguments.count() == 1;
        int from = single ? 0 : first;
        int to = single ? first : Operators.index(arguments.required(1, "stop"), "range");
        int step = arguments.number(2, "step", 1);
        if (step == 0) {
            throw TemplateException.operation("range: a step of zero");
        }
        long count = Math.max(0, ((long) to - from + step - Integer.signum(step)) / step);
        meter.make(count * 16);
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(Value.Int.of(from + i * step));
        }
        return Value.Seq.list(items);
    }

    private static Value namespace(Arguments arguments) {
        var namespace = new Value.Namespace();
        arguments
                .find(0, "")
                .ifPresent(given -> entries(given)
                        .forEach((key, value) ->
                                namespace.fields().put(Printed.str(key).text(), value)));
        namespace.fields().putAll(arguments.named());
        return namespace;
    }

    private static Value dict(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        arguments.find(0, "").ifPresent(given -> entries.putAll(entries(given)));
        arguments.named().forEach((key, value) -> entries.put(Value.Str.own(key), value));
        return new Value.Mapping(entries);
    }

    private static Map<Value, Value> entries(Value value) {
        if (value instanceof Value.Mapping(var entries)) {
            return entries;
        }
        throw TemplateException.operation("a mapping is expected");
    }

    private static Value joiner(Value between) {
        var used = new Value.Namespace();
        return new Value.Function("joiner", _ -> {
            Value before = used.fields().put("used", between);
            return before == null ? Value.Str.EMPTY : before;
        });
    }
}
