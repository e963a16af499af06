// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The methods of Python's texts that templates use. */
final class TextMethods {
    private final Meter meter;

    TextMethods(Meter meter) {
        this.meter = meter;
    }

    Optional<Value.Function.Body> find(Value.Str str, String name) {
        Value.Function.Body body = switch (name) {
            case "strip", "lstrip", "rstrip" ->
                arguments -> Strings.stripped(
                        str,
                        arguments.only(name, "chars").get(0, "chars", Value.None.NONE),
                        !name.equals("rstrip"),
                        !name.equals("lstrip"));
            case "split", "rsplit" -> arguments -> split(str, name, arguments);
            case "splitlines" -> _ -> Value.Seq.list(Strings.lines(str));
            case "partition", "rpartition" -> arguments -> partition(str, name, arguments);
            case "startswith", "endswith" -> arguments -> affix(str, name.equals("startswith"), arguments);
            case "removeprefix", "removesuffix" -> arguments -> without(str, name.equals("removeprefix"), arguments);
            case "replace" -> arguments -> Strings.replaced(str, arguments, meter);
            case "join" -> arguments -> Printed.joined(texts(arguments.required(0, "iterable")), str, meter);
            case "find", "rfind", "index", "rindex", "count" -> arguments -> position(str, name, arguments);
            case "format" -> arguments -> new Format(meter).format(str, arguments);
            case "zfill" -> arguments -> filled(str, arguments.number(0, "width", 0));
            default -> simple(str, name);
        };
        return Optional.ofNullable(body);
    }

    private static Value.Function.@org.jspecify.annotations.Nullable Body simple(Value.Str str, String name) {
        String text = str.text();
        return switch (name) {
            case "upper" -> _ -> str.with(text.toUpperCase(Locale.ROOT));
            case "lower", "casefold" -> _ -> str.with(text.toLowerCase(Locale.ROOT));
            case "title" -> _ -> str.with(Strings.titled(text));
            case "capitalize" -> _ -> str.with(Strings.capitalized(text));
            case "isdigit", "isnumeric", "isdecimal" -> _ -> all(text, Character::isDigit);
            case "isalpha" -> _ -> all(text, Character::isLetter);
            case "isalnum" -> _ -> all(text, Character::isLetterOrDigit);
            case "isspace" -> _ -> all(text, Python::isSpace);
            case "isupper" ->
                _ -> Value.Bool.of(text.equals(text.toUpperCase(Locale.ROOT))
                        && text.codePoints().anyMatch(Character::isUpperCase));
            case "islower" ->
                _ -> Value.Bool.of(text.equals(text.toLowerCase(Locale.ROOT))
                        && text.codePoints().anyMatch(Character::isLowerCase));
            default -> null;
        };
    }

    private static Value all(String text, IntPredicate predicate) {
        return Value.Bool.of(!text.isEmpty() && text.codePoints().allMatch(predicate));
    }

    private static Value split(Value.Str str, String name, Arguments given) {
        Arguments arguments = given.only(name, "sep", "maxsplit");
        Value separator = arguments.get(0, "sep", Value.None.NONE);
        int most = arguments.number(1, "maxsplit", -1);
        return Value.Seq.list(
                name.equals("split") ? Strings.split(str, separator, most) : Strings.splitRight(str, separator, most));
    }

    private static Value partition(Value.Str str, String name, Arguments arguments) {
        Value separator = arguments.required(0, "sep");
        boolean left = name.equals("partition");
        List<Value> parts = left ? Strings.split(str, separator, 1) : Strings.splitRight(str, separator, 1);
        if (parts.size() == 2) {
            return Value.Seq.tuple(List.of(parts.getFirst(), separator, parts.getLast()));
        }
        return Value.Seq.tuple(
                left ? List.of(str, Value.Str.EMPTY, Value.Str.EMPTY) : List.of(Value.Str.EMPTY, Value.Str.EMPTY, str));
    }

    private static Value affix(Value.Str str, boolean start, Arguments arguments) {
        Value wanted = arguments.only("startswith", "prefix").required(0, "prefix");
        List<Value> any = wanted instanceof Value.Seq(var items, var kind) && kind == Value.Seq.Kind.TUPLE
                ? items
                : List.of(wanted);
        return Value.Bool.of(any.stream()
                .map(one -> Operators.text(one, "prefix").text())
                .anyMatch(one -> start ? str.text().startsWith(one) : str.text().endsWith(one)));
    }

    private static Value without(Value.Str str, boolean start, Arguments arguments) {
        String affix = arguments.text(0, "prefix").text();
        String text = str.text();
        if (affix.isEmpty() || !(start ? text.startsWith(affix) : text.endsWith(affix))) {
            return str;
        }
        return start ? str.part(affix.length(), text.length()) : str.part(0, text.length() - affix.length());
    }

    private static Value position(Value.Str str, String name, Arguments arguments) {
        String wanted = arguments.only(name, "sub").text(0, "sub").text();
        String text = str.text();
        if (name.equals("count")) {
            return Value.Int.of(
                    wanted.isEmpty()
                            ? Python.length(text) + 1
                            : Strings.split(str, Value.Str.own(wanted), -1).size() - 1);
        }
        int at = name.startsWith("r") ? text.lastIndexOf(wanted) : text.indexOf(wanted);
        if (at < 0 && name.endsWith("index")) {
            throw TemplateException.operation("index: not in the text");
        }
        return Value.Int.of(at < 0 ? -1 : text.codePointCount(0, at));
    }

    private static List<Value> texts(Value items) {
        List<Value> texts = Operators.iterate(items);
        texts.forEach(item -> Operators.text(item, "join"));
        return texts;
    }

    private Value filled(Value.Str str, int width) {
        int missing = Math.max(0, width - Python.length(str.text()));
        meter.make(missing);
        boolean signed = str.text().startsWith("-") || str.text().startsWith("+");
        int digits = signed ? 1 : 0;
        return str.with(str.text().substring(0, digits)
                + "0".repeat(missing)
                + str.text().substring(digits));
    }
}
