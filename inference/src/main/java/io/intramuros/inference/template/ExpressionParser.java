// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import io.intramuros.inference.template.Expression.Argument;
import io.intramuros.inference.template.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads expressions, with the precedence that Jinja2 gives its operators. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if", "is", "not", "in");

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** One expression. */
    Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(test, value, otherwise);
        }
        tokens.leave();
        return value;
    }

    /** One expression, or several divided by commas. */
    Expression tuple(boolean conditional) {
        Expression first = conditional ? expression() : or();
        if (!tokens.seesSign(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipSign(",") && !endsTuple()) {
            items.add(conditional ? expression() : or());
        }
        return new Expression.Items(List.copyOf(items), true);
    }

    private boolean endsTuple() {
        return tokens.sees(Kind.BLOCK_END)
                || tokens.sees(Kind.PRINT_END)
                || tokens.seesSign(")")
                || tokens.seesName("recursive");
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Either(false, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.Either(true, left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.seesName("not")) {
            return comparison();
        }
        tokens.enter();
        tokens.take();
        Expression negated = new Expression.Unary("not", not());
        tokens.leave();
        return negated;
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        while (true) {
            boolean notIn = tokens.seesName("not") && tokens.later(1).is(Kind.NAME, "in");
            if (tokens.sees(Kind.OPERATOR) && COMPARISONS.contains(tokens.now().text())) {
                operators.add(tokens.take().text());
            } else if (notIn || tokens.seesName("in")) {
                tokens.take();
                if (notIn) {
                    tokens.take();
                }
                operators.add(notIn ? "not in" : "in");
            } else {
                return operators.isEmpty() ? first : new Expression.Comparison(first, operators, rest);
            }
            rest.add(sum());
        }
    }

    private Expression sum() {
        Expression left = joined();
        while (tokens.seesSign("+") || tokens.seesSign("-")) {
            left = new Expression.Binary(tokens.take().text(), left, joined());
        }
        return left;
    }

    private Expression joined() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipSign("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Joined(parts);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.seesSign("*") || tokens.seesSign("/") || tokens.seesSign("//") || tokens.seesSign("%")) {
            left = new Expression.Binary(tokens.take().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (tokens.skipSign("**")) {
            left = new Expression.Binary("**", left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean withFilters) {
        Expression value;
        if (tokens.seesSign("-") || tokens.seesSign("+")) {
            tokens.enter();
            String sign = tokens.take().text();
            value = new Expression.Unary(sign, unary(false));
            tokens.leave();
        } else {
            value = primary();
        }
        value = postfix(value);
        return withFilters ? filters(value) : value;
    }

    private Expression primary() {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NAME -> named(token.text());
            case STRING -> {
                var text = new StringBuilder(token.text());
                while (tokens.sees(Kind.STRING)) {
                    text.append(tokens.take().text());
                }
                yield literal(Value.Str.own(text.toString()));
            }
            case INTEGER -> literal(new Value.Int(integer(token.text())));
            case FLOAT -> literal(new Value.Real(Double.parseDouble(token.text())));
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesis();
                    case "[" -> new Expression.Items(items("]"), false);
                    case "{" -> dict();
                    default -> throw TemplateException.syntax(token.line(), "an unexpected " + token.text());
                };
            default -> throw TemplateException.syntax(token.line(), "an expression is missing");
        };
    }

    private static Expression named(String name) {
        return switch (name) {
            case "true", "True" -> literal(Value.Bool.TRUE);
            case "false", "False" -> literal(Value.Bool.FALSE);
            case "none", "None" -> literal(Value.None.NONE);
            default -> new Expression.Name(name);
        };
    }

    private static BigInteger integer(String digits) {
        String lower = digits.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("0x")) {
            return new BigInteger(lower.substring(2), 16);
        }
        if (lower.startsWith("0o")) {
            return new BigInteger(lower.substring(2), 8);
        }
        return lower.startsWith("0b") ? new BigInteger(lower.substring(2), 2) : new BigInteger(lower);
    }

    private static Expression literal(Value value) {
        return new Expression.Literal(value);
    }

    private Expression parenthesis() {
        if (tokens.skipSign(")")) {
            return new Expression.Items(List.of(), true);
        }
        Expression inner = tuple(true);
        tokens.expectSign(")");
        return inner;
    }

    private List<Expression> items(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipSign(close)) {
            if (!items.isEmpty()) {
                tokens.expectSign(",");
                if (tokens.skipSign(close)) {
                    break;
                }
            }
            items.add(expression());
        }
        return List.copyOf(items);
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skipSign("}")) {
            if (!keys.isEmpty()) {
                tokens.expectSign(",");
                if (tokens.skipSign("}")) {
                    break;
                }
            }
            keys.add(expression());
            tokens.expectSign(":");
            values.add(expression());
        }
        return new Expression.Dict(List.copyOf(keys), List.copyOf(values));
    }

    private Expression postfix(Expression target) {
        Expression value = target;
        while (true) {
            if (tokens.skipSign(".")) {
                value = attribute(value);
            } else if (tokens.skipSign("[")) {
                value = subscript(value);
            } else if (tokens.seesSign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression target) {
        if (tokens.sees(Kind.INTEGER)) {
            return new Expression.Item(
                    target, literal(new Value.Int(integer(tokens.take().text()))));
        }
        return new Expression.Attribute(target, tokens.expect(Kind.NAME).text());
    }

    private Expression subscript(Expression target) {
        Optional<Expression> start = bound();
        if (!tokens.seesSign(":")) {
            Expression key = start.orElseThrow(() -> tokens.wrong("expected an index"));
            tokens.expectSign("]");
            return new Expression.Item(target, key);
        }
        tokens.take();
        Optional<Expression> stop = bound();
        Optional<Expression> step = tokens.skipSign(":") ? bound() : Optional.empty();
        tokens.expectSign("]");
        return new Expression.Slice(target, start, stop, step);
    }

    private Optional<Expression> bound() {
        return tokens.seesSign(":") || tokens.seesSign("]") ? Optional.empty() : Optional.of(expression());
    }

    private Expression filters(Expression target) {
        Expression value = target;
        while (true) {
            if (tokens.skipSign("|")) {
                value = filter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.seesSign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /** A filter's name and arguments, after its bar. */
    Expression filter(Expression input) {
        String name = dotted();
        if (!Filters.knows(name)) {
            throw tokens.wrong("no filter is named " + name);
        }
        return new Expression.Filter(input, name, tokens.seesSign("(") ? arguments() : List.of());
    }

    private Expression test(Expression input) {
        boolean negated = tokens.skipName("not");
        String name = dotted();
        if (!Tests.knows(name)) {
            throw tokens.wrong("no test is named " + name);
        }
        List<Argument> arguments = List.of();
        if (tokens.seesSign("(")) {
            arguments = arguments();
        } else if (startsArgument()) {
            arguments = List.of(new Argument("", postfix(primary())));
        }
        Expression test = new Expression.Test(input, name, arguments);
        return negated ? new Expression.Unary("not", test) : test;
    }

    private boolean startsArgument() {
        return switch (tokens.now().kind()) {
            case NAME -> !NO_ARGUMENT.contains(tokens.now().text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> tokens.seesSign("[") || tokens.seesSign("{");
            default -> false;
        };
    }

    private String dotted() {
        var name = new StringBuilder(tokens.expect(Kind.NAME).text());
        while (tokens.skipSign(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private List<Argument> arguments() {
        tokens.expectSign("(");
        List<Argument> arguments = new ArrayList<>();
        while (!tokens.skipSign(")")) {
            if (!arguments.isEmpty()) {
                tokens.expectSign(",");
                if (tokens.skipSign(")")) {
                    break;
                }
            }
            boolean keyword = tokens.sees(Kind.NAME) && tokens.later(1).is(Kind.OPERATOR, "=");
            String name = keyword ? tokens.take().text() : "";
            if (keyword) {
                tokens.take();
            } else if (!arguments.isEmpty() && !arguments.getLast().keyword().isEmpty()) {
                throw tokens.wrong("a positional argument after a keyword");
            }
            arguments.add(new Argument(name, expression()));
        }
        return List.copyOf(arguments);
    }
}
