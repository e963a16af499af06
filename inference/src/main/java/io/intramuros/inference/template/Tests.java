// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;

/** What may stand after {@code is}. */
final class Tests {
    private static final Set<String> NAMES = Set.of(
            "defined",
            "undefined",
            "none",
            "string",
            "number",
            "integer",
            "float",
            "boolean",
            "mapping",
            "iterable",
            "sequence",
            "callable",
            "true",
            "false",
            "sameas",
            "eq",
            "equalto",
            "==",
            "ne",
            "!=",
            "lt",
            "lessthan",
            "<",
            "le",
            "<=",
            "gt",
            "greaterthan",
            ">",
            "ge",
            ">=",
            "in",
            "odd",
            "even",
            "divisibleby",
            "lower",
            "upper",
            "filter",
            "test",
            "escaped");

    private Tests() {}

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    static boolean holds(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value instanceof Value.None;
            case "string" -> value instanceof Value.Str;
            case "number" -> Operators.isInteger(value) || value instanceof Value.Real;
            case "integer" -> value instanceof Value.Int;
            case "float" -> value instanceof Value.Real;
            case "boolean" -> value instanceof Value.Bool;
            case "true" -> value.equals(Value.Bool.TRUE);
            case "false" -> value.equals(Value.Bool.FALSE);
            case "mapping" -> value instanceof Value.Mapping;
            case "iterable" ->
                value instanceof Value.Seq
                        || value instanceof Value.Str
                        || value instanceof Value.Mapping
                        || value instanceof Value.Undefined
                        || value instanceof Value.Loop;
            case "sequence" -> isSequence(value);
            case "callable" -> value instanceof Value.Function || value instanceof Value.Loop;
            case "escaped" -> value instanceof Value.Str str && str.markup();
            case "filter" -> value instanceof Value.Str str && Filters.knows(str.text());
            case "test" -> value instanceof Value.Str str && knows(str.text());
            case "odd", "even", "divisibleby" -> divides(name, value, arguments);
            case "lower" -> cased(value, true);
            case "upper" -> cased(value, false);
            case "in" -> Operators.contains(arguments.required(0, "seq"), value);
            default -> compares(name, value, arguments.required(0, "other"));
        };
    }

    private static boolean isSequence(Value value) {
        return switch (value) {
            case Value.Str _, Value.Mapping _, Value.Undefined _ -> true;
            case Value.Seq seq -> seq.indexed();
            default -> false;
        };
    }

    private static boolean divides(String name, Value value, Arguments arguments) {
        BigInteger number = Operators.integer(value, name);
        BigInteger by =
                name.equals("divisibleby") ? Operators.integer(arguments.required(0, "num"), name) : BigInteger.TWO;
        if (by.signum() == 0) {
            throw TemplateException.operation("division by zero");
        }
        return (number.remainder(by).signum() == 0) != name.equals("odd");
    }

    private static boolean cased(Value value, boolean lower) {
        String text = Printed.str(value).text();
        String wanted = lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
        return text.equals(wanted)
                && text.codePoints().anyMatch(lower ? Character::isLowerCase : Character::isUpperCase);
    }

    private static boolean compares(String name, Value value, Value other) {
        return switch (name) {
            case "sameas" -> sameAs(value, other);
            case "eq", "equalto", "==" -> Operators.equal(value, other);
            case "ne", "!=" -> !Operators.equal(value, other);
            case "lt", "lessthan", "<" -> Operators.compare(value, other) < 0;
            case "le", "<=" -> Operators.compare(value, other) <= 0;
            case "gt", "greaterthan", ">" -> Operators.compare(value, other) > 0;
            default -> Operators.compare(value, other) >= 0;
        };
    }

    /** Python's {@code is}: containers are the same only where they are one. */
    @SuppressWarnings("ReferenceEquality") // that is what it asks
    private static boolean sameAs(Value value, Value other) {
        boolean container = value instanceof Value.Seq || value instanceof Value.Mapping;
        return value == other || (!container && value.equals(other));
    }
}
