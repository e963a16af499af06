// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;
import java.util.Optional;

/** What a template does. */
sealed interface Statement {
    /** Text between the marks. */
    record Text(Value.Str text) implements Statement {}

    /** {@code {{ value }}}. */
    record Print(Expression value) implements Statement {}

    /** {@code if}, each test with its body; an {@code else} has the test true. */
    record If(List<Expression> tests, List<List<Statement>> bodies) implements Statement {}

    /** {@code for targets in items if test}. */
    record For(
            Target target,
            Expression items,
            Optional<Expression> test,
            List<Statement> body,
            List<Statement> otherwise,
            boolean recursive)
            implements Statement {}

    /** {@code set target = value}. */
    record Set(Target target, Expression value) implements Statement {}

    /** {@code set target} … {@code endset}; the filters' innermost input is the body. */
    record SetBlock(Target target, Optional<Expression> filters, List<Statement> body) implements Statement {}

    /** {@code macro}. */
    record Macro(String name, Parameters parameters, List<Statement> body) implements Statement {}

    /** {@code call(parameters) target}. */
    record CallBlock(Parameters parameters, Expression.Call call, List<Statement> body) implements Statement {}

    /** {@code filter name} … {@code endfilter}. */
    record FilterBlock(Expression filters, List<Statement> body) implements Statement {}

    /** {@code with a = b} … {@code endwith}. */
    record With(List<Set> variables, List<Statement> body) implements Statement {}

    /** {@code generation} … {@code endgeneration}, which marks what the model is trained on. */
    record Group(List<Statement> body) implements Statement {}

    /** {@code break}. */
    record Break() implements Statement {}

    /** {@code continue}. */
    record Continue() implements Statement {}

    /** The parameters of a macro; the last have defaults. */
    record Parameters(List<String> names, List<Expression> defaults) {}

    /** What is assigned to. */
    sealed interface Target {
        /** A variable. */
        record Variable(String name) implements Target {}

        /** A field of a namespace. */
        record Field(String namespace, String name) implements Target {}

        /** Several at once. */
        record Several(List<Target> targets) implements Target {}
    }
}
