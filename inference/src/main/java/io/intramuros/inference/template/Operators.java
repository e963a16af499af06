// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Python's operators do with values. */
final class Operators {
    private Operators() {}

    /** Whether a value counts as true. */
    static boolean truth(Value value) {
        return switch (value) {
            case Value.None _, Value.Undefined _ -> false;
            case Value.Bool bool -> bool.value();
            case Value.Int number -> number.value().signum() != 0;
            case Value.Real real -> real.value() != 0;
            case Value.Str str -> !str.text().isEmpty();
            case Value.Seq seq ->
                seq.kind() == Value.Seq.Kind.GENERATOR || !seq.items().isEmpty();
            case Value.Mapping mapping -> !mapping.entries().isEmpty();
            case Value.Namespace _, Value.Loop _, Value.Function _ -> true;
        };
    }

    /** Whether {@code ==} holds. */
    static boolean equal(Value a, Value b) {
        Optional<BigDecimal> left = exact(a);
        Optional<BigDecimal> right = exact(b);
        if (left.isPresent() && right.isPresent()) {
            return left.get().compareTo(right.get()) == 0;
        }
        if (a instanceof Value.Undefined && b instanceof Value.Undefined) {
            return true;
        }
        if (a instanceof Value.Seq one && b instanceof Value.Seq other) {
            return one.kind() == other.kind() && equal(one.items(), other.items());
        }
        if (a instanceof Value.Mapping one && b instanceof Value.Mapping other) {
            return one.entries().size() == other.entries().size()
                    && one.entries().entrySet().stream().allMatch(entry -> {
                        Value found = other.entries().get(entry.getKey());
                        return found != null && equal(entry.getValue(), found);
                    });
        }
        return a.equals(b);
    }

    private static boolean equal(List<Value> a, List<Value> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Below, at or above 0 as {@code a} is before, beside or after {@code b}. */
    static int compare(Value a, Value b) {
        refuseUndefined(a);
        refuseUndefined(b);
        Optional<BigDecimal> left = exact(a);
        Optional<BigDecimal> right = exact(b);
        if (left.isPresent() && right.isPresent()) {
            return left.get().compareTo(right.get());
        }
        if (a instanceof Value.Str one && b instanceof Value.Str other) {
            return compare(one.text(), other.text());
        }
        if (a instanceof Value.Seq one && b instanceof Value.Seq other && one.kind() == other.kind() && one.indexed()) {
            for (int i = 0; i < Math.min(one.items().size(), other.items().size()); i++) {
                if (!equal(one.items().get(i), other.items().get(i))) {
                    return compare(one.items().get(i), other.items().get(i));
                }
            }
            return Integer.compare(one.items().size(), other.items().size());
        }
        throw TemplateException.operation("values of different kinds cannot be ordered");
    }

    /** By the numbers of the characters, which is not the order of UTF-16. */
    private static int compare(String a, String b) {
        int at = 0;
        while (at < Math.min(a.length(), b.length())) {
            int left = a.codePointAt(at);
            int right = b.codePointAt(at);
            if (left != right) {
                return Integer.compare(left, right);
            }
            at += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Whether {@code item in container} holds. */
    static boolean contains(Value container, Value item) {
        return switch (container) {
            case Value.Str str -> str.text().contains(text(item, "in").text());
            case Value.Mapping mapping -> mapping.entries().containsKey(key(item));
            case Value.Seq seq -> seq.items().stream().anyMatch(other -> equal(other, item));
            case Value.Undefined _ -> false;
            default -> throw TemplateException.operation("in: not a container");
        };
    }

    /** The items that a loop goes over. */
    static List<Value> iterate(Value value) {
        return switch (value) {
            case Value.Undefined _ -> List.of();
            case Value.Seq seq -> seq.items();
            case Value.Mapping mapping -> List.copyOf(mapping.entries().keySet());
            case Value.Str str -> characters(str);
            default -> throw TemplateException.operation("a value that cannot be iterated over");
        };
    }

    private static List<Value> characters(Value.Str str) {
        List<Value> out = new ArrayList<>();
        for (int at = 0; at < str.text().length(); ) {
            int next = at + Character.charCount(str.text().codePointAt(at));
            out.add(str.part(at, next));
            at = next;
        }
        return out;
    }

    static int length(Value value) {
        return switch (value) {
            case Value.Undefined _ -> 0;
            case Value.Str str -> Python.length(str.text());
            case Value.Mapping mapping -> mapping.entries().size();
            case Value.Seq seq
            when seq.kind() != Value.Seq.Kind.GENERATOR -> seq.items().size();
            default -> throw TemplateException.operation("a value without length");
        };
    }

    /** A value as the key of a mapping: numbers that are equal are one key. */
    static Value key(Value value) {
        return switch (value) {
            case Value.Bool bool -> Value.Int.of(bool.value() ? 1 : 0);
            case Value.Real real
            when real.value() == Math.rint(real.value()) && !Double.isInfinite(real.value()) ->
                new Value.Int(new BigDecimal(real.value()).toBigInteger());
            case Value.Mapping _, Value.Namespace _ -> throw TemplateException.operation("a key that is no key");
            case Value.Seq seq
            when seq.kind() != Value.Seq.Kind.TUPLE -> throw TemplateException.operation("a key that is no key");
            default -> value;
        };
    }

    /** A text that must be one. */
    static Value.Str text(Value value, String what) {
        refuseUndefined(value);
        if (value instanceof Value.Str str) {
            return str;
        }
        throw TemplateException.operation(what + ": not a text");
    }

    /** An integer that must fit into 32 bits. */
    static int index(Value value, String what) {
        BigInteger number = integer(value, what);
        if (number.bitLength() > 31) {
            throw TemplateException.operation(what + ": out of range");
        }
        return number.intValue();
    }

    static BigInteger integer(Value value, String what) {
        refuseUndefined(value);
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool.value() ? BigInteger.ONE : BigInteger.ZERO;
            default -> throw TemplateException.operation(what + ": not an integer");
        };
    }

    static boolean isInteger(Value value) {
        return value instanceof Value.Int || value instanceof Value.Bool;
    }

    /** A number as a float. */
    static double real(Value value, String what) {
        return value instanceof Value.Real real
                ? real.value()
                : integer(value, what).doubleValue();
    }

    static void refuseUndefined(Value value) {
        if (value instanceof Value.Undefined(var what)) {
            throw TemplateException.undefined(what);
        }
    }

    /** The exact value of a finite number. */
    private static Optional<BigDecimal> exact(Value value) {
        return switch (value) {
            case Value.Int number -> Optional.of(new BigDecimal(number.value()));
            case Value.Bool bool -> Optional.of(bool.value() ? BigDecimal.ONE : BigDecimal.ZERO);
            case Value.Real real when Double.isFinite(real.value()) -> Optional.of(new BigDecimal(real.value()));
            default -> Optional.empty();
        };
    }
}
