// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads JSON strictly and without recursion, so that no depth of nesting matters. */
final class JsonReader {
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";
    private static final String THEIR_MEANING = "\"\\/\b\f\n\r\t";

    private final String raw;
    private final StringBuilder text;
    private final int[] raws;
    private final List<JsonScan.Literal> literals = new ArrayList<>();
    private final BitSet objects = new BitSet();
    private int depth;
    private int at;

    JsonReader(String raw) {
        this.raw = raw;
        this.text = new StringBuilder(raw.length());
        this.raws = new int[raw.length() + 1];
    }

    /** Whether the whole text is one object or array. */
    boolean isDocument() {
        space();
        if (peek() != '{' && peek() != '[') return false;
        do {
            if (!element()) return false;
        } while (depth > 0);
        space();
        raws[text.length()] = raw.length();
        return at == raw.length();
    }

    /** What was read. */
    JsonScan scan() {
        return JsonScan.of(text, raws, literals);
    }

    /** Reads one value, or opens or closes one, and what must follow it. */
    private boolean element() {
        space();
        char c = peek();
        if (c == '{' || c == '[') return open(c == '{');
        boolean read = c == '"' ? string() : (c == '-' || isDigit(c)) ? number() : word();
        return read && follow();
    }

    private boolean open(boolean object) {
        objects.set(depth++, object);
        copy();
        space();
        if (peek() == (object ? '}' : ']')) return follow();
        return !object || key();
    }

    /** After a value: closes what ends here, and passes the comma (and the key) before the next one. */
    private boolean follow() {
        for (space(); depth > 0 && peek() == (objects.get(depth - 1) ? '}' : ']'); space()) {
            copy();
            if (--depth == 0) return true;
        }
        if (depth == 0 || peek() != ',') return false;
        copy();
        space();
        return !objects.get(depth - 1) || key();
    }

    private boolean key() {
        if (peek() != '"' || !string()) return false;
        space();
        if (peek() != ':') return false;
        copy();
        return true;
    }

    private boolean string() {
        copy();
        int start = text.length();
        while (at < raw.length() && raw.charAt(at) != '"') {
            if (raw.charAt(at) < ' ' || (raw.charAt(at) == '\\' ? !escape() : !copy())) return false;
        }
        literals.add(new JsonScan.Literal(start, text.length(), false));
        return at < raw.length() && copy();
    }

    private boolean escape() {
        int start = at++;
        char c = peek();
        int known = SHORT_ESCAPES.indexOf(c);
        if (c == 'u') {
            if (at + 5 > raw.length()) return false;
            for (int i = at + 1; i < at + 5; i++) if (Character.digit(raw.charAt(i), 16) < 0) return false;
            add((char) Integer.parseInt(raw, at + 1, at + 5, 16), start);
            at += 5;
            return true;
        }
        if (known < 0 || at == raw.length()) return false;
        at++;
        add(THEIR_MEANING.charAt(known), start);
        return true;
    }

    private boolean number() {
        int start = text.length();
        while (at < raw.length() && (isDigit(peek()) || "+-.eE".indexOf(peek()) >= 0)) copy();
        literals.add(new JsonScan.Literal(start, text.length(), true));
        return isDigit(raw.charAt(at - 1));
    }

    private boolean word() {
        for (String word : List.of("true", "false", "null")) {
            if (!raw.startsWith(word, at)) continue;
            for (int i = 0; i < word.length(); i++) copy();
            return true;
        }
        return false;
    }

    private void space() {
        while (at < raw.length() && " \t\n\r".indexOf(raw.charAt(at)) >= 0) copy();
    }

    private boolean copy() {
        add(raw.charAt(at), at);
        at++;
        return true;
    }

    private void add(char c, int from) {
        raws[text.length()] = from;
        text.append(c);
    }

    /** The next character, NUL at the end: NUL is legal nowhere in JSON. */
    private char peek() {
        return at < raw.length() ? raw.charAt(at) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
