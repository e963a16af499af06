// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.List;

/** A place in a template's tokens. */
final class Tokens {
    /* Each level takes a dozen frames of the stack. */
    private static final int DEEPEST = 120;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token now() {
        return tokens.get(at);
    }

    Token later(int steps) {
        return tokens.get(Math.min(at + steps, tokens.size() - 1));
    }

    Token take() {
        Token token = now();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean sees(Token.Kind kind) {
        return now().kind() == kind;
    }

    boolean seesName(String name) {
        return now().is(Token.Kind.NAME, name);
    }

    boolean seesSign(String sign) {
        return now().is(Token.Kind.OPERATOR, sign);
    }

    boolean skipName(String name) {
        return seesName(name) && take().line() > 0;
    }

    boolean skipSign(String sign) {
        return seesSign(sign) && take().line() > 0;
    }

    Token expect(Token.Kind kind) {
        if (!sees(kind)) {
            throw wrong("expected " + kind);
        }
        return take();
    }

    void expectSign(String sign) {
        if (!skipSign(sign)) {
            throw wrong("expected " + sign);
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw wrong("expected " + name);
        }
    }

    TemplateException wrong(String message) {
        return TemplateException.syntax(now().line(), message);
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw TemplateException.limit("nested deeper than " + DEEPEST);
        }
    }

    void leave() {
        depth--;
    }
}
