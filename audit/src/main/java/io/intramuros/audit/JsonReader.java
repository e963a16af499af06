// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link CanonicalJson} writes, and nothing that it does not write. */
final class JsonReader {
    private static final int MAX_DEPTH = 8;

    private final String json;
    private int at;

    private JsonReader(String json) {
        this.json = json;
    }

    /**
     * The object that {@code json} is.
     *
     * @throws IllegalArgumentException if it is no object of texts, whole numbers, truths, lists and objects
     */
    static Map<String, Object> read(String json) {
        JsonReader reader = new JsonReader(json);
        Map<String, Object> object = reader.object(0);
        if (reader.at != json.length()) throw reader.wrong("the end");
        return object;
    }

    private Map<String, Object> object(int depth) {
        if (depth > MAX_DEPTH) throw wrong("less depth");
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!object.isEmpty()) expect(',');
            String name = text();
            expect(':');
            object.put(name, value(depth));
        }
        expect('}');
        return object;
    }

    private Object value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> list(depth + 1);
            case '"' -> text();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
    }

    private List<Object> list(int depth) {
        if (depth > MAX_DEPTH) throw wrong("less depth");
        List<Object> values = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!values.isEmpty()) expect(',');
            values.add(value(depth));
        }
        expect(']');
        return values;
    }

    private Boolean word(String word, boolean value) {
        if (!json.startsWith(word, at)) throw wrong("a truth");
        at += word.length();
        return value;
    }

    private Long number() {
        int start = at;
        while (at < json.length() && (Character.isDigit(json.charAt(at)) || json.charAt(at) == '-')) at++;
        try {
            return Long.parseLong(json.substring(start, at));
        } catch (NumberFormatException _) {
            throw wrong("a whole number");
        }
    }

    private String text() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            char c = json.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > json.length()) throw wrong("four digits");
                at += 4;
                try {
                    yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
                } catch (NumberFormatException _) {
                    throw wrong("four digits");
                }
            }
            default -> throw wrong("an escape");
        };
    }

    private char peek() {
        if (at >= json.length()) throw wrong("more");
        return json.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) throw wrong("'" + c + "'");
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("record: at character " + at + " (expected: " + expected + ")");
    }
}
