// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Python's {@code text % values}, for {@code %s}, {@code %r}, {@code %d}, {@code %i} and {@code %%}. */
final class Printf {
    private final Meter meter;

    Printf(Meter meter) {
        this.meter = meter;
    }

    Value.Str format(Value.Str format, Value given) {
        Deque<Value> values = new ArrayDeque<>(
                given instanceof Value.Seq(var items, var kind) && kind == Value.Seq.Kind.TUPLE
                        ? items
                        : List.of(given));
        var out = new Origin.Gathered();
        String text = format.text();
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
            out.add(format.part(from, at));
            out.add(one(at + 1 < text.length() ? text.charAt(at + 1) : ' ', values));
            from = at + 2;
        }
        if (!values.isEmpty()) {
            throw TemplateException.operation("%: more values than places");
        }
        Value.Str done = out.add(format.part(from, text.length())).done();
        meter.make(done.text().length());
        return done;
    }

    private static Value.Str one(char kind, Deque<Value> values) {
        if (kind == '%') {
            return Value.Str.own("%");
        }
        if (values.isEmpty()) {
            throw TemplateException.operation("%: fewer values than places");
        }
        Value value = values.pop();
        return switch (kind) {
            case 's' -> Printed.str(value);
            case 'r' -> Printed.repr(value);
            case 'd', 'i' ->
                Value.Str.own(
                        value instanceof Value.Real(var real)
                                ? String.format(
                                        java.util.Locale.ROOT, "%.0f", real < 0 ? Math.ceil(real) : Math.floor(real))
                                : Operators.integer(value, "%d").toString());
            default -> throw TemplateException.operation("%: an unknown place");
        };
    }
}
