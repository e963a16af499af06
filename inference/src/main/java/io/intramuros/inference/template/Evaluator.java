// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import io.intramuros.inference.template.Expression.Argument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives the values of expressions. For one rendering. */
final class Evaluator {
    private final Meter meter;
    private final Members members;
    private final Filters filters;
    private final Arithmetic arithmetic;

    Evaluator(Meter meter) {
        this.meter = meter;
        this.members = new Members(meter);
        this.filters = new Filters(meter, members);
        this.arithmetic = new Arithmetic(meter);
    }

    Value value(Expression expression, Scope scope) {
        meter.step();
        meter.enter();
        Value value = switch (expression) {
            case Expression.Literal(var literal) -> literal;
            case Expression.Name(var name) -> scope.get(name);
            case Expression.Items(var items, var tuple) ->
                tuple ? Value.Seq.tuple(all(items, scope)) : Value.Seq.list(all(items, scope));
            case Expression.Dict dict -> mapping(dict, scope);
            case Expression.Attribute(var target, var name) -> members.attribute(value(target, scope), name);
            case Expression.Item(var target, var key) -> members.item(value(target, scope), value(key, scope));
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call(var target, var arguments) -> call(value(target, scope), arguments(arguments, scope));
            case Expression.Filter(var input, var name, var arguments) ->
                filters.apply(name, value(input, scope), arguments(arguments, scope));
            case Expression.Test(var input, var name, var arguments) ->
                Value.Bool.of(Tests.holds(name, value(input, scope), arguments(arguments, scope)));
            case Expression.Unary unary -> unary(unary, scope);
            case Expression.Binary(var operator, var left, var right) ->
                arithmetic.apply(operator, value(left, scope), value(right, scope));
            case Expression.Either either -> either(either, scope);
            case Expression.Comparison comparison -> Value.Bool.of(compares(comparison, scope));
            case Expression.Joined(var parts) -> Printed.joined(all(parts, scope), Value.Str.EMPTY, meter);
            case Expression.Conditional conditional -> conditional(conditional, scope);
        };
        meter.leave();
        return value;
    }

    Value call(Value target, Arguments arguments) {
        Operators.refuseUndefined(target);
        return switch (target) {
            case Value.Function function -> function.body().call(arguments);
            case Value.Loop(var state) -> state.call(arguments);
            default -> throw TemplateException.operation("a value that cannot be called");
        };
    }

    Arguments arguments(List<Argument> given, Scope scope) {
        if (given.isEmpty()) {
            return Arguments.NONE;
        }
        List<Value> positional = new ArrayList<>();
        Map<String, Value> named = new LinkedHashMap<>();
        for (Argument argument : given) {
            Value value = value(argument.value(), scope);
            if (argument.keyword().isEmpty()) {
                positional.add(value);
            } else if (named.put(argument.keyword(), value) != null) {
                throw TemplateException.operation("a keyword for the second time");
            }
        }
        return new Arguments(positional, named);
    }

    private List<Value> all(List<Expression> expressions, Scope scope) {
        meter.make(expressions.size());
        List<Value> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private Value mapping(Expression.Dict dict, Scope scope) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < dict.keys().size(); i++) {
            entries.put(
                    Operators.key(value(dict.keys().get(i), scope)),
                    value(dict.values().get(i), scope));
        }
        meter.make(entries.size());
        return new Value.Mapping(entries);
    }

    private Value slice(Expression.Slice slice, Scope scope) {
        Value target = value(slice.target(), scope);
        Operators.refuseUndefined(target);
        var bounds = new Bounds(
                bound(slice.start(), scope),
                bound(slice.stop(), scope),
                bound(slice.step(), scope).orElse(1));
        boolean can = target instanceof Value.Str || (target instanceof Value.Seq seq && seq.indexed());
        if (!can) {
            return new Value.Undefined("a slice");
        }
        meter.make(Operators.length(target));
        return Strings.sliced(target, bounds);
    }

    private OptionalInt bound(Optional<Expression> expression, Scope scope) {
        if (expression.isEmpty()) {
            return OptionalInt.empty();
        }
        Value value = value(expression.get(), scope);
        return value instanceof Value.None ? OptionalInt.empty() : OptionalInt.of(Operators.index(value, "slice"));
    }

    private Value unary(Expression.Unary unary, Scope scope) {
        Value operand = value(unary.operand(), scope);
        if (unary.operator().equals("not")) {
            return Value.Bool.of(!Operators.truth(operand));
        }
        Operators.refuseUndefined(operand);
        Value negated = arithmetic.negated(operand);
        return unary.operator().equals("-") ? negated : arithmetic.negated(negated);
    }

    private Value either(Expression.Either either, Scope scope) {
        Value left = value(either.left(), scope);
        return Operators.truth(left) == either.and() ? value(either.right(), scope) : left;
    }

    private boolean compares(Expression.Comparison comparison, Scope scope) {
        Value left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.rest().size(); i++) {
            Value right = value(comparison.rest().get(i), scope);
            if (!compares(comparison.operators().get(i), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static boolean compares(String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> Operators.equal(left, right);
            case "!=" -> !Operators.equal(left, right);
            case "in" -> Operators.contains(right, left);
            case "not in" -> !Operators.contains(right, left);
            case "<" -> Operators.compare(left, right) < 0;
            case "<=" -> Operators.compare(left, right) <= 0;
            case ">" -> Operators.compare(left, right) > 0;
            default -> Operators.compare(left, right) >= 0;
        };
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        if (Operators.truth(value(conditional.test(), scope))) {
            return value(conditional.then(), scope);
        }
        return conditional.otherwise().isPresent()
                ? value(conditional.otherwise().get(), scope)
                : new Value.Undefined("the other side of an if");
    }
}
