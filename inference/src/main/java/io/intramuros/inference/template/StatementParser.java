// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import io.intramuros.inference.template.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the statements of a template. */
final class StatementParser {
    private static final Expression.Literal TRUE = new Expression.Literal(Value.Bool.TRUE);
    private static final Expression.Name BODY = new Expression.Name("");

    private final Tokens tokens;
    private final ExpressionParser expressions;

    private StatementParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String source) {
        var parser = new StatementParser(new Tokens(Lexer.tokens(source)));
        List<Statement> all = parser.body();
        if (!parser.tokens.sees(Kind.END)) {
            throw parser.tokens.wrong("an end without a beginning");
        }
        return all;
    }

    /** Statements up to a name that ends them, which is seen next, its block already begun; or to the end. */
    private List<Statement> body(String... ends) {
        tokens.enter();
        List<Statement> body = new ArrayList<>();
        while (!tokens.sees(Kind.END)) {
            if (tokens.sees(Kind.TEXT)) {
                body.add(new Statement.Text(Value.Str.own(tokens.take().text())));
            } else if (tokens.sees(Kind.PRINT_BEGIN)) {
                tokens.take();
                body.add(new Statement.Print(expressions.tuple(true)));
                tokens.expect(Kind.PRINT_END);
            } else {
                tokens.expect(Kind.BLOCK_BEGIN);
                if (Arrays.asList(ends).contains(tokens.now().text())) {
                    tokens.leave();
                    return List.copyOf(body);
                }
                body.add(block());
            }
        }
        if (ends.length > 0) {
            throw tokens.wrong("expected " + String.join(" or ", ends));
        }
        tokens.leave();
        return List.copyOf(body);
    }

    private Statement block() {
        Token name = tokens.expect(Kind.NAME);
        Statement statement = switch (name.text()) {
            case "if" -> ifs();
            case "for" -> loop();
            case "set" -> set();
            case "macro" -> macro();
            case "call" -> call();
            case "filter" -> filter();
            case "with" -> with();
            case "generation" -> {
                tokens.expect(Kind.BLOCK_END);
                List<Statement> body = body("endgeneration");
                tokens.take();
                yield new Statement.Group(body);
            }
            case "break" -> new Statement.Break();
            case "continue" -> new Statement.Continue();
            default -> throw TemplateException.syntax(name.line(), "an unknown statement");
        };
        tokens.expect(Kind.BLOCK_END);
        return statement;
    }

    private Statement ifs() {
        List<Expression> tests = new ArrayList<>(List.of(expressions.tuple(false)));
        List<List<Statement>> bodies = new ArrayList<>();
        tokens.expect(Kind.BLOCK_END);
        String end = "if";
        while (true) {
            bodies.add(end.equals("else") ? body("endif") : body("elif", "else", "endif"));
            end = tokens.take().text();
            if (end.equals("endif")) {
                return new Statement.If(List.copyOf(tests), List.copyOf(bodies));
            }
            tests.add(end.equals("elif") ? expressions.tuple(false) : TRUE);
            tokens.expect(Kind.BLOCK_END);
        }
    }

    private Statement loop() {
        Statement.Target target = targets();
        tokens.expectName("in");
        Expression items = expressions.tuple(false);
        Optional<Expression> test = tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body("endfor", "else");
        List<Statement> otherwise = List.of();
        if (tokens.take().text().equals("else")) {
            tokens.expect(Kind.BLOCK_END);
            otherwise = body("endfor");
            tokens.take();
        }
        return new Statement.For(target, items, test, body, otherwise, recursive);
    }

    private Statement set() {
        Statement.Target target = targets();
        if (tokens.skipSign("=")) {
            return new Statement.Set(target, expressions.tuple(true));
        }
        Optional<Expression> filters = tokens.seesSign("|") ? Optional.of(filterChain()) : Optional.empty();
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body("endset");
        tokens.take();
        return new Statement.SetBlock(target, filters, body);
    }

    private Statement macro() {
        String name = tokens.expect(Kind.NAME).text();
        Statement.Parameters parameters = parameters();
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body("endmacro");
        tokens.take();
        return new Statement.Macro(name, parameters, body);
    }

    private Statement call() {
        Statement.Parameters parameters =
                tokens.seesSign("(") ? parameters() : new Statement.Parameters(List.of(), List.of());
        Expression target = expressions.expression();
        if (!(target instanceof Expression.Call callee)) {
            throw tokens.wrong("expected a call");
        }
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body("endcall");
        tokens.take();
        return new Statement.CallBlock(parameters, callee, body);
    }

    private Statement filter() {
        Expression filters = expressions.filter(BODY);
        while (tokens.skipSign("|")) {
            filters = expressions.filter(filters);
        }
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = body("endfilter");
        tokens.take();
        return new Statement.FilterBlock(filters, body);
    }

    private Expression filterChain() {
        Expression filters = BODY;
        while (tokens.skipSign("|")) {
            filters = expressions.filter(filters);
        }
        return filters;
    }

    private Statement with() {
        List<Statement.Set> variables = new ArrayList<>();
        while (!tokens.sees(Kind.BLOCK_END)) {
            if (!variables.isEmpty()) {
                tokens.expectSign(",");
            }
            Statement.Target target = target();
            tokens.expectSign("=");
            variables.add(new Statement.Set(target, expressions.expression()));
        }
        tokens.take();
        List<Statement> body = body("endwith");
        tokens.take();
        return new Statement.With(List.copyOf(variables), body);
    }

    private Statement.Parameters parameters() {
        tokens.expectSign("(");
        List<String> names = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        while (!tokens.skipSign(")")) {
            if (!names.isEmpty()) {
                tokens.expectSign(",");
            }
            names.add(tokens.expect(Kind.NAME).text());
            if (tokens.skipSign("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw tokens.wrong("a parameter without default after one with");
            }
        }
        return new Statement.Parameters(List.copyOf(names), List.copyOf(defaults));
    }

    private Statement.Target targets() {
        List<Statement.Target> targets = new ArrayList<>(List.of(target()));
        boolean several = false;
        while (tokens.skipSign(",")) {
            several = true;
            if (!tokens.sees(Kind.NAME) && !tokens.seesSign("(")) {
                break;
            }
            targets.add(target());
        }
        return several ? new Statement.Target.Several(List.copyOf(targets)) : targets.getFirst();
    }

    private Statement.Target target() {
        if (tokens.skipSign("(")) {
            Statement.Target inner = targets();
            tokens.expectSign(")");
            return inner;
        }
        String name = tokens.expect(Kind.NAME).text();
        return tokens.skipSign(".")
                ? new Statement.Target.Field(name, tokens.expect(Kind.NAME).text())
                : new Statement.Target.Variable(name);
    }
}
