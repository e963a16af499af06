// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template's source into tokens, as Jinja2's lexer does with {@code trim_blocks} and {@code lstrip_blocks}:
 * a newline after a block goes, and so does the white space between the start of a line and a block.
 */
final class Lexer {
    private static final Pattern NEWLINES = Pattern.compile("\r\n|\r|\n");
    private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(?:-%\\}\\s*|%\\})");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\n?)");
    private static final Pattern NUMBER = Pattern.compile(
            "(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+"
                    + "|(?:[0-9](?:_?[0-9])*)(?:(?:\\.[0-9](?:_?[0-9])*)?[eE][+-]?[0-9](?:_?[0-9])*|\\.[0-9](?:_?[0-9])*)?)");
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    /** Whether the last piece ended a line. */
    private boolean lineStart = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = NEWLINES.matcher(template).replaceAll("\n");
        var lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int begin = nextMark();
            if (begin < 0) {
                text(source.length());
                advance(source.length());
                break;
            }
            char kind = source.charAt(begin + 1);
            Matcher raw = matcher(RAW, begin);
            boolean isRaw = kind == '%' && raw.lookingAt();
            char sign = begin + 2 < source.length() ? source.charAt(begin + 2) : ' ';
            text(textEnd(begin, kind, isRaw ? signOf(raw.group(1)) : sign));
            if (isRaw) {
                advance(raw.end());
                raw();
            } else if (kind == '#') {
                advance(begin + 2);
                comment();
            } else {
                advance(begin + (sign == '-' || sign == '+' ? 3 : 2));
                add(kind == '%' ? Token.Kind.BLOCK_BEGIN : Token.Kind.PRINT_BEGIN, "");
                inside(kind == '%');
            }
        }
        add(Token.Kind.END, "");
    }

    private int nextMark() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the text before a mark ends. */
    private int textEnd(int begin, char kind, char sign) {
        if (sign == '-') {
            return Math.max(at, Python.trimEnd(source, begin));
        }
        if (sign == '+' || kind == '{') {
            return begin;
        }
        int start = begin;
        while (start > at && source.charAt(start - 1) != '\n') {
            start--;
        }
        boolean atLineStart = start > at || lineStart;
        boolean blank = begin > start && Python.skipSpace(source, start) >= begin;
        return atLineStart && blank ? start : begin;
    }

    private void text(int end) {
        if (end > at) {
            add(Token.Kind.TEXT, source.substring(at, end));
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw TemplateException.syntax(line, "a comment without end");
        }
        char sign = end > at ? source.charAt(end - 1) : ' ';
        advance(end + 2);
        afterBlock(sign);
    }

    private void raw() {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(at)) {
            throw TemplateException.syntax(line, "raw without endraw");
        }
        text(textEnd(end.start(), '%', signOf(end.group(1))));
        advance(end.end());
    }

    private static char signOf(String sign) {
        return sign.isEmpty() ? ' ' : sign.charAt(0);
    }

    /** What goes after the end of a block or comment. */
    private void afterBlock(char sign) {
        if (sign == '-') {
            advance(Python.skipSpace(source, at));
        } else if (sign != '+' && at < source.length() && source.charAt(at) == '\n') {
            advance(at + 1);
        }
    }

    private void inside(boolean block) {
        Deque<Character> open = new ArrayDeque<>();
        String close = block ? "%}" : "}}";
        while (true) {
            advance(Python.skipSpace(source, at));
            if (at >= source.length()) {
                throw TemplateException.syntax(line, "no " + close);
            }
            char c = source.charAt(at);
            boolean signed = (c == '-' || (block && c == '+')) && source.startsWith(close, at + 1);
            if (open.isEmpty() && (signed || source.startsWith(close, at))) {
                advance(at + (signed ? 3 : 2));
                add(block ? Token.Kind.BLOCK_END : Token.Kind.PRINT_END, "");
                if (block || c == '-') {
                    afterBlock(signed ? c : ' ');
                }
                return;
            }
            token(c, open);
        }
    }

    private void token(char c, Deque<Character> open) {
        if (c == '"' || c == '\'') {
            string(c);
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
            int end = at + 1;
            while (end < source.length()
                    && (Character.isUnicodeIdentifierPart(source.charAt(end)) || source.charAt(end) == '_')) {
                end++;
            }
            add(Token.Kind.NAME, source.substring(at, end));
            advance(end);
        } else {
            operator(open);
        }
    }

    private void number() {
        Matcher matcher = matcher(NUMBER, at);
        if (!matcher.lookingAt()) {
            throw TemplateException.syntax(line, "not a number");
        }
        String digits = matcher.group().replace("_", "");
        boolean real = !digits.startsWith("0x")
                && !digits.startsWith("0X")
                && (digits.contains(".") || digits.contains("e") || digits.contains("E"));
        add(real ? Token.Kind.FLOAT : Token.Kind.INTEGER, digits);
        advance(matcher.end());
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw TemplateException.syntax(line, "a string without end");
        }
        add(Token.Kind.STRING, Escapes.unescape(source.substring(at + 1, end), line));
        advance(end + 1);
    }

    private void operator(Deque<Character> open) {
        String sign = OPERATORS.stream()
                .filter(operator -> source.startsWith(operator, at))
                .findFirst()
                .orElseThrow(() -> TemplateException.syntax(line, "an unknown sign"));
        char c = sign.charAt(0);
        if ("([{".indexOf(c) >= 0) {
            open.push(c == '(' ? ')' : (c == '[' ? ']' : '}'));
        } else if (")]}".indexOf(c) >= 0 && (open.isEmpty() || open.pop() != c)) {
            throw TemplateException.syntax(line, "an unmatched " + c);
        }
        add(Token.Kind.OPERATOR, sign);
        advance(at + sign.length());
    }

    private Matcher matcher(Pattern pattern, int from) {
        return pattern.matcher(source).region(from, source.length());
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }

    private void advance(int to) {
        for (int i = at; i < to; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        if (to > at) {
            lineStart = source.charAt(to - 1) == '\n';
        }
        at = to;
    }
}
