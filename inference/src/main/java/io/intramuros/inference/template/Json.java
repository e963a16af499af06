// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Python's {@code json.dumps}. */
final class Json {
    private static final int DEEPEST = 200;

    private final boolean ascii;
    private final String indent;
    private final boolean lines;
    private final String between;
    private final String colon;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();
    private boolean own = true;

    private Json(Arguments arguments) {
        this.ascii = arguments.flag(0, "ensure_ascii");
        Value indented = arguments.get(1, "indent", Value.None.NONE);
        this.lines = !(indented instanceof Value.None);
        this.indent = switch (indented) {
            case Value.None _ -> "";
            case Value.Str str -> str.text();
            default -> " ".repeat(Math.clamp(Operators.index(indented, "indent"), 0, 64));
        };
        List<Value> separators = Operators.iterate(
                arguments.get(2, "separators", Value.Seq.list(List.of())) instanceof Value.None
                        ? Value.Seq.list(List.of())
                        : arguments.get(2, "separators", Value.Seq.list(List.of())));
        boolean given = separators.size() == 2;
        this.between =
                given ? Operators.text(separators.getFirst(), "separators").text() : (lines ? "," : ", ");
        this.colon = given ? Operators.text(separators.getLast(), "separators").text() : ": ";
        this.sorted = arguments.flag(3, "sort_keys");
    }

    /** The filter {@code tojson} as chat templates have it: nothing is escaped for HTML. */
    static Value.Str dumps(Value value, Arguments arguments, Meter meter) {
        var json = new Json(arguments.only("tojson", "ensure_ascii", "indent", "separators", "sort_keys"));
        json.write(value, 0);
        meter.make(json.out.length());
        return json.own ? Value.Str.own(json.out.toString()) : Value.Str.foreign(json.out.toString());
    }

    private void write(Value value, int depth) {
        if (depth > DEEPEST) {
            throw TemplateException.limit("a value nested deeper than " + DEEPEST);
        }
        switch (value) {
            case Value.None _ -> out.append("null");
            case Value.Bool bool -> out.append(bool.value());
            case Value.Int number -> out.append(number.value());
            case Value.Real(var real) -> out.append(real(real));
            case Value.Str str -> quoted(str);
            case Value.Seq seq when seq.indexed() -> array(seq.items(), depth);
            case Value.Mapping mapping -> object(mapping, depth);
            default -> throw TemplateException.operation("tojson: a value that JSON does not have");
        }
    }

    private void array(List<Value> items, int depth) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : between);
            line(depth + 1);
            write(items.get(i), depth + 1);
        }
        line(depth);
        out.append(']');
    }

    private void object(Value.Mapping mapping, int depth) {
        if (mapping.entries().isEmpty()) {
            out.append("{}");
            return;
        }
        List<Map.Entry<Value, Value>> entries =
                new ArrayList<>(mapping.entries().entrySet());
        if (sorted) {
            entries.sort(Map.Entry.comparingByKey((Comparator<Value>) Operators::compare));
        }
        out.append('{');
        for (int i = 0; i < entries.size(); i++) {
            out.append(i == 0 ? "" : between);
            line(depth + 1);
            key(entries.get(i).getKey());
            out.append(colon);
            write(entries.get(i).getValue(), depth + 1);
        }
        line(depth);
        out.append('}');
    }

    private void key(Value key) {
        switch (key) {
            case Value.Str str -> quoted(str);
            case Value.None _ -> out.append("\"null\"");
            case Value.Bool bool -> out.append('"').append(bool.value()).append('"');
            case Value.Int number -> out.append('"').append(number.value()).append('"');
            case Value.Real(var real) -> out.append('"').append(real(real)).append('"');
            default -> throw TemplateException.operation("tojson: a key that JSON does not have");
        }
    }

    private void line(int depth) {
        if (lines) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Printed.real(value);
    }

    private void quoted(Value.Str str) {
        own &= str.origin().isTemplate();
        out.append('"');
        String text = str.text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        String hex = Integer.toHexString(c);
                        out.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
