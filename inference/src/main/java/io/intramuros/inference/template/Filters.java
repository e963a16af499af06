// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand after a bar, for single values; those for sequences are {@link SequenceFilters}. */
final class Filters {
    private static final Set<String> NAMES = Set.of(
            "abs",
            "capitalize",
            "default",
            "d",
            "e",
            "escape",
            "float",
            "format",
            "indent",
            "int",
            "lower",
            "replace",
            "round",
            "safe",
            "string",
            "title",
            "tojson",
            "trim",
            "upper",
            "urlencode",
            "wordcount",
            "length",
            "count");
    private static final Pattern WORD_BEGIN = Pattern.compile("(?<=[-\\s({\\[<])(?![-\\s({\\[<])");

    private final Meter meter;
    private final SequenceFilters sequences;

    Filters(Meter meter, Members members) {
        this.meter = meter;
        this.sequences = new SequenceFilters(this, members, meter);
    }

    static boolean knows(String name) {
        return NAMES.contains(name) || SequenceFilters.knows(name);
    }

    Value apply(String name, Value value, Arguments arguments) {
        meter.step();
        return switch (name) {
            case "default", "d" -> defaulted(value, arguments);
            case "length", "count" -> Value.Int.of(Operators.length(value));
            case "string" -> value instanceof Value.Str ? value : Printed.str(value);
            case "safe" -> safe(Printed.str(value));
            case "e", "escape" -> Strings.escaped(value instanceof Value.Str str ? str : Printed.str(value));
            case "tojson" -> Json.dumps(value, arguments, meter);
            case "abs", "float", "int", "round" -> number(name, value, arguments);
            default ->
                SequenceFilters.knows(name) ? sequences.apply(name, value, arguments) : text(name, value, arguments);
        };
    }

    private Value text(String name, Value value, Arguments arguments) {
        Value.Str str = Printed.str(value);
        meter.make(str.text().length());
        return switch (name) {
            case "trim" ->
                Strings.stripped(str, arguments.only(name, "chars").get(0, "chars", Value.None.NONE), true, true);
            case "upper" -> str.with(str.text().toUpperCase(Locale.ROOT));
            case "lower" -> str.with(str.text().toLowerCase(Locale.ROOT));
            case "capitalize" -> str.with(Strings.capitalized(str.text()));
            case "title" -> str.with(titled(str.text()));
            case "replace" -> Strings.replaced(str, arguments, meter);
            case "indent" -> indented(str, arguments.only(name, "width", "first", "blank"));
            case "wordcount" ->
                Value.Int.of(Strings.split(str, Value.None.NONE, -1).size());
            case "urlencode" ->
                str.with(URLEncoder.encode(str.text(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~")
                        .replace("%2F", "/"));
            default -> new Printf(meter).format(str, Value.Seq.tuple(arguments.positional()));
        };
    }

    private static Value defaulted(Value value, Arguments given) {
        Arguments arguments = given.only("default", "default_value", "boolean");
        boolean absent = value instanceof Value.Undefined || (arguments.flag(1, "boolean") && !Operators.truth(value));
        return absent ? arguments.get(0, "default_value", Value.Str.EMPTY) : value;
    }

    private static Value safe(Value.Str str) {
        return new Value.Str(str.text(), str.origin(), true);
    }

    private static String titled(String text) {
        var out = new StringBuilder();
        for (String word : WORD_BEGIN.split(text, -1)) {
            out.append(Strings.capitalized(word));
        }
        return out.toString();
    }

    private Value indented(Value.Str str, Arguments arguments) {
        Value width = arguments.get(0, "width", Value.Int.of(4));
        Value.Str margin = width instanceof Value.Str own
                ? own
                : Value.Str.own(" ".repeat(Math.clamp(Operators.index(width, "width"), 0, 1000)));
        var out = new Origin.Gathered();
        boolean first = true;
        for (Value line : Strings.split(str, Value.Str.own("\n"), -1)) {
            Value.Str text = (Value.Str) line;
            meter.make((long) margin.text().length() + text.text().length());
            out.add(first ? Value.Str.EMPTY : Value.Str.own("\n"));
            boolean wanted = first ? arguments.flag(1, "first") : !text.text().isEmpty() || arguments.flag(2, "blank");
            out.add(wanted ? margin : Value.Str.EMPTY).add(text);
            first = false;
        }
        return out.done();
    }

    private static Value number(String name, Value value, Arguments arguments) {
        Operators.refuseUndefined(value);
        return switch (name) {
            case "abs" ->
                value instanceof Value.Real(var real)
                        ? new Value.Real(Math.abs(real))
                        : new Value.Int(Operators.integer(value, name).abs());
            case "float" -> real(value, arguments.get(0, "default", new Value.Real(0)));
            case "int" -> integer(value, arguments.get(0, "default", Value.Int.of(0)), arguments.number(1, "base", 10));
            default -> rounded(value, arguments.only(name, "precision", "method"));
        };
    }

    private static Value real(Value value, Value absent) {
        if (value instanceof Value.Str str) {
            try {
                return new Value.Real(Double.parseDouble(str.text().strip()));
            } catch (NumberFormatException _) {
                return absent; // that is what a default is for
            }
        }
        return Operators.isInteger(value) || value instanceof Value.Real
                ? new Value.Real(Operators.real(value, "float"))
                : absent;
    }

    private static Value integer(Value value, Value absent, int base) {
        if (value instanceof Value.Real(var real)) {
            return Double.isFinite(real) ? new Value.Int(new BigDecimal(real).toBigInteger()) : absent;
        }
        if (value instanceof Value.Str str) {
            try {
                return new Value.Int(new BigInteger(str.text().strip(), base));
            } catch (NumberFormatException _) {
                Value real = real(value, Value.None.NONE);
                return real instanceof Value.Real ? integer(real, absent, base) : absent;
            }
        }
        return Operators.isInteger(value) ? new Value.Int(Operators.integer(value, "int")) : absent;
    }

    private static Value rounded(Value value, Arguments arguments) {
        RoundingMode mode = switch (arguments.get(1, "method", Value.Str.own("common"))) {
            case Value.Str method when method.text().equals("ceil") -> RoundingMode.CEILING;
            case Value.Str method when method.text().equals("floor") -> RoundingMode.FLOOR;
            case Value.Str method when method.text().equals("common") -> RoundingMode.HALF_EVEN;
            default -> throw TemplateException.operation("round: an unknown method");
        };
        int precision = Math.clamp(arguments.number(0, "precision", 0), -300, 300);
        double real = Operators.real(value, "round");
        if (!Double.isFinite(real)) {
            return value;
        }
        return new Value.Real(new BigDecimal(real).setScale(precision, mode).doubleValue());
    }
}
