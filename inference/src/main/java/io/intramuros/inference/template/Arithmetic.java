// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic, with bounds on what it makes. */
final class Arithmetic {
    private static final int MOST_BITS = 4096;

    private final Meter meter;

    Arithmetic(Meter meter) {
        this.meter = meter;
    }

    Value apply(String operator, Value left, Value right) {
        Operators.refuseUndefined(left);
        Operators.refuseUndefined(right);
        if (operator.equals("+") && left instanceof Value.Str a && right instanceof Value.Str b) {
            return sum(a, b);
        }
        if (operator.equals("+") && left instanceof Value.Seq a && right instanceof Value.Seq b) {
            return sum(a, b);
        }
        if (operator.equals("%") && left instanceof Value.Str format) {
            return new Printf(meter).format(format, right);
        }
        if (operator.equals("*") && (isText(left) || isText(right))) {
            return isText(left) ? repeated(left, right) : repeated(right, left);
        }
        if (Operators.isInteger(left) && Operators.isInteger(right)) {
            return integers(operator, Operators.integer(left, operator), Operators.integer(right, operator));
        }
        return reals(operator, Operators.real(left, operator), Operators.real(right, operator));
    }

    Value negated(Value value) {
        return value instanceof Value.Real(var real)
                ? new Value.Real(-real)
                : new Value.Int(Operators.integer(value, "-").negate());
    }

    /** Texts one after the other; a safe one makes the other safe by escaping it. */
    Value.Str sum(Value.Str a, Value.Str b) {
        boolean markup = a.markup() || b.markup();
        Value.Str left = markup ? Strings.escaped(a) : a;
        Value.Str right = markup ? Strings.escaped(b) : b;
        meter.make((long) left.text().length() + right.text().length());
        Value.Str sum = new Origin.Gathered().add(left).add(right).done();
        return markup ? new Value.Str(sum.text(), sum.origin(), true) : sum;
    }

    private Value sum(Value.Seq a, Value.Seq b) {
        if (a.kind() != b.kind() || !a.indexed()) {
            throw TemplateException.operation("+: sequences of different kinds");
        }
        meter.make((long) a.items().size() + b.items().size());
        List<Value> items = new ArrayList<>(a.items());
        items.addAll(b.items());
        return new Value.Seq(items, a.kind());
    }

    private static boolean isText(Value value) {
        return value instanceof Value.Str || (value instanceof Value.Seq seq && seq.indexed());
    }

    private Value repeated(Value what, Value count) {
        int times = Math.max(0, Operators.index(count, "*"));
        meter.make((long) times * Operators.length(what) * 2);
        if (what instanceof Value.Str str) {
            var out = new Origin.Gathered();
            for (int i = 0; i < times; i++) {
                out.add(str);
            }
            return out.done();
        }
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            items.addAll(Operators.iterate(what));
        }
        return new Value.Seq(items, ((Value.Seq) what).kind());
    }

    private static Value integers(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> bounded(a.add(b));
            case "-" -> bounded(a.subtract(b));
            case "*" -> bounded(a.multiply(b));
            case "/" -> new Value.Real(a.doubleValue() / nonZero(b).doubleValue());
            case "//" -> new Value.Int(floor(a, nonZero(b)));
            case "%" -> new Value.Int(a.subtract(floor(a, nonZero(b)).multiply(b)));
            default -> power(a, b);
        };
    }

    private static Value reals(String operator, double a, double b) {
        return new Value.Real(
                switch (operator) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> a / nonZero(b);
                    case "//" -> Math.floor(a / nonZero(b));
                    case "%" -> a - b * Math.floor(a / nonZero(b));
                    default -> Math.pow(a, b);
                });
    }

    private static Value power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            return new Value.Real(Math.pow(a.doubleValue(), b.doubleValue()));
        }
        if (b.bitLength() > 31 || (long) a.bitLength() * b.intValue() > MOST_BITS) {
            throw TemplateException.limit("an integer of more than " + MOST_BITS + " bits");
        }
        return new Value.Int(a.pow(b.intValue()));
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean below = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Value bounded(BigInteger value) {
        if (value.bitLength() > MOST_BITS) {
            throw TemplateException.limit("an integer of more than " + MOST_BITS + " bits");
        }
        return new Value.Int(value);
    }

    private static BigInteger nonZero(BigInteger value) {
        if (value.signum() == 0) {
            throw TemplateException.operation("division by zero");
        }
        return value;
    }

    private static double nonZero(double value) {
        if (value == 0) {
            throw TemplateException.operation("division by zero");
        }
        return value;
    }
}
