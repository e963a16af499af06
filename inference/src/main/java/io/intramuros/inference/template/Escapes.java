// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/** Escapes in string literals, as Python reads them. */
final class Escapes {
    private Escapes() {}

    /** The text that a literal stands for. */
    static String unescape(String literal, int line) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        var out = new StringBuilder(literal.length());
        int at = 0;
        while (at < literal.length()) {
            char c = literal.charAt(at);
            if (c != '\\' || at + 1 >= literal.length()) {
                out.append(c);
                at++;
            } else {
                at = escape(literal, at + 1, out, line);
            }
        }
        return out.toString();
    }

    private static int escape(String literal, int at, StringBuilder out, int line) {
        char c = literal.charAt(at);
        switch (c) {
            case '\n' -> {
                // A backslash at the end of a line joins it with the next.
            }
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'a' -> out.append('\u0007');
            case 'v' -> out.append('\u000b');
            case '\\', '\'', '"' -> out.append(c);
            case 'x' -> {
                return hex(literal, at + 1, 2, out, line);
            }
            case 'u' -> {
                return hex(literal, at + 1, 4, out, line);
            }
            case 'U' -> {
                return hex(literal, at + 1, 8, out, line);
            }
            default -> {
                if (c >= '0' && c <= '7') {
                    return octal(literal, at, out);
                }
                out.append('\\').append(c);
            }
        }
        return at + 1;
    }

    private static int hex(String literal, int at, int digits, StringBuilder out, int line) {
        try {
            out.appendCodePoint(Integer.parseInt(literal.substring(at, at + digits), 16));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            TemplateException refused = TemplateException.syntax(line, "a broken escape in a string");
            refused.initCause(e);
            throw refused;
        }
        return at + digits;
    }

    private static int octal(String literal, int at, StringBuilder out) {
        int end = at;
        int value = 0;
        while (end < Math.min(at + 3, literal.length()) && literal.charAt(end) >= '0' && literal.charAt(end) <= '7') {
            value = 8 * value + literal.charAt(end++) - '0';
        }
        out.appendCodePoint(value);
        return end;
    }
}
