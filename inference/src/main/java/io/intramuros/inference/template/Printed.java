// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** How Python prints values. */
final class Printed {
    private static final int DEEPEST = 200;

    private Printed() {}

    /** {@code str(value)}. */
    static Value.Str str(Value value) {
        return switch (value) {
            case Value.Str str -> str.markup() ? new Value.Str(str.text(), str.origin(), false) : str;
            case Value.Undefined _ -> Value.Str.EMPTY;
            default -> repr(value);
        };
    }

    /** {@code repr(value)}; where any part came with the conversation, all counts as having. */
    static Value.Str repr(Value value) {
        var out = new StringBuilder();
        boolean own = repr(value, out, 0);
        return own ? Value.Str.own(out.toString()) : Value.Str.foreign(out.toString());
    }

    /** Whether all of it is the template's own. */
    private static boolean repr(Value value, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            throw TemplateException.limit("a value nested deeper than " + DEEPEST);
        }
        switch (value) {
            case Value.None _ -> out.append("None");
            case Value.Bool bool -> out.append(bool.value() ? "True" : "False");
            case Value.Int number -> out.append(number.value());
            case Value.Real(var real) -> out.append(real(real));
            case Value.Str str -> {
                quoted(str.text(), out);
                return str.origin().isTemplate();
            }
            case Value.Seq seq -> {
                return items(seq, out, depth);
            }
            case Value.Mapping mapping -> {
                return entries(mapping, out, depth);
            }
            case Value.Undefined _ -> out.append("Undefined");
            case Value.Namespace _ -> out.append("<Namespace>");
            case Value.Loop _ -> out.append("<LoopContext>");
            case Value.Function function ->
                out.append("<function ").append(function.name()).append('>');
        }
        return true;
    }

    private static boolean items(Value.Seq seq, StringBuilder out, int depth) {
        String around = switch (seq.kind()) {
            case LIST -> "[]";
            case TUPLE -> seq.items().size() == 1 ? "(,)" : "()";
            case VIEW -> "([])";
            case GENERATOR -> throw TemplateException.operation("a generator cannot be printed");
        };
        int half = around.length() / 2;
        out.append(seq.kind() == Value.Seq.Kind.VIEW ? "dict_items" : "").append(around, 0, half);
        boolean own = true;
        Iterator<Value> rest = seq.items().iterator();
        while (rest.hasNext()) {
            own &= repr(rest.next(), out, depth + 1);
            out.append(rest.hasNext() ? ", " : "");
        }
        out.append(around.substring(half));
        return own;
    }

    private static boolean entries(Value.Mapping mapping, StringBuilder out, int depth) {
        boolean own = true;
        String between = "{";
        for (var entry : mapping.entries().entrySet()) {
            out.append(between);
            own &= repr(entry.getKey(), out, depth + 1);
            out.append(": ");
            own &= repr(entry.getValue(), out, depth + 1);
            between = ", ";
        }
        out.append(mapping.entries().isEmpty() ? "{}" : "}");
        return own;
    }

    /** {@code repr} of a float: the shortest digits that are this number, an exponent outside of 1e-4 to 1e16. */
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                    + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = decimal.toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }

    private static void quoted(String text, StringBuilder out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) {
                        out.append('\\').appendCodePoint(c);
                    } else if (Python.isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(c < 0x100 ? "\\x" : (c < 0x10000 ? "\\u" : "\\U"));
                        String hex = Integer.toHexString(c);
                        int width = c < 0x100 ? 2 : (c < 0x10000 ? 4 : 8);
                        out.append("0".repeat(width - hex.length())).append(hex);
                    }
                }
            }
        });
        out.append(quote);
    }

    /** All texts one after the other, with one between. */
    static Value.Str joined(List<Value> items, Value.Str between, Meter meter) {
        var out = new Origin.Gathered();
        boolean first = true;
        for (Value item : items) {
            if (!first) {
                out.add(between);
            }
            first = false;
            Value.Str text = str(item);
            meter.make((long) text.text().length() + between.text().length());
            out.add(text);
        }
        return out.done();
    }
}
