// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;
import java.util.Optional;

/** What stands between braces and gives a value. */
sealed interface Expression {
    /** A value that stands in the source. */
    record Literal(Value value) implements Expression {}

    /** A variable. */
    record Name(String name) implements Expression {}

    /** {@code [a, b]} or {@code (a, b)}. */
    record Items(List<Expression> items, boolean tuple) implements Expression {}

    /** {@code {a: b}}; keys and values in turn. */
    record Dict(List<Expression> keys, List<Expression> values) implements Expression {}

    /** {@code target.name}. */
    record Attribute(Expression target, String name) implements Expression {}

    /** {@code target[key]}. */
    record Item(Expression target, Expression key) implements Expression {}

    /** {@code target[start:stop:step]}. */
    record Slice(Expression target, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    /** {@code target(arguments)}. */
    record Call(Expression target, List<Argument> arguments) implements Expression {}

    /** {@code input | name(arguments)}. */
    record Filter(Expression input, String name, List<Argument> arguments) implements Expression {}

    /** {@code input is name(arguments)}. */
    record Test(Expression input, String name, List<Argument> arguments) implements Expression {}

    /** {@code not}, {@code -} or {@code +}. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Arithmetic. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code and} or {@code or}, which may leave the second side out. */
    record Either(boolean and, Expression left, Expression right) implements Expression {}

    /** {@code a < b == c}: each with the next. */
    record Comparison(Expression first, List<String> operators, List<Expression> rest) implements Expression {}

    /** {@code a ~ b ~ c}. */
    record Joined(List<Expression> parts) implements Expression {}

    /** {@code then if test else otherwise}. */
    record Conditional(Expression test, Expression then, Optional<Expression> otherwise) implements Expression {}

    /** An argument with its keyword, empty where it is positional. */
    record Argument(String keyword, Expression value) {}
}
