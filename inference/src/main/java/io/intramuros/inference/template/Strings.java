// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** What can be done to texts; parts keep their origin. */
final class Strings {
    private Strings() {}

    /** Without the characters at its ends; without white space where none are given. */
    static Value.Str stripped(Value.Str str, Value characters, boolean left, boolean right) {
        String text = str.text();
        IntPredicate strip = characters instanceof Value.None
                ? Python::isSpace
                : c -> Operators.text(characters, "strip").text().indexOf(c) >= 0;
        int from = 0;
        int to = text.length();
        while (left && from < to && strip.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && strip.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return str.part(from, to);
    }

    /** At a separator, at most so often where the count is not negative. */
    static List<Value> split(Value.Str str, Value separator, int most) {
        if (separator instanceof Value.None) {
            return words(str, most);
        }
        String sign = Operators.text(separator, "split").text();
        if (sign.isEmpty()) {
            throw TemplateException.operation("split: an empty separator");
        }
        List<Value> parts = new ArrayList<>();
        int from = 0;
        int at = str.text().indexOf(sign);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(str.part(from, at));
            from = at + sign.length();
            at = str.text().indexOf(sign, from);
        }
        parts.add(str.part(from, str.text().length()));
        return parts;
    }

    /** The same from the right. */
    static List<Value> splitRight(Value.Str str, Value separator, int most) {
        if (separator instanceof Value.None) {
            throw TemplateException.operation("rsplit: no separator");
        }
        String sign = Operators.text(separator, "rsplit").text();
        if (sign.isEmpty()) {
            throw TemplateException.operation("rsplit: an empty separator");
        }
        List<Value> parts = new ArrayList<>();
        int to = str.text().length();
        int at = str.text().lastIndexOf(sign);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.addFirst(str.part(at + sign.length(), to));
            to = at;
            at = at < sign.length() ? -1 : str.text().lastIndexOf(sign, at - sign.length());
        }
        parts.addFirst(str.part(0, to));
        return parts;
    }

    private static List<Value> words(Value.Str str, int most) {
        List<Value> words = new ArrayList<>();
        String text = str.text();
        int at = Python.skipSpace(text, 0);
        while (at < text.length()) {
            int end = most >= 0 && words.size() == most ? text.length() : at;
            while (end < text.length() && !Python.isSpace(text.charAt(end))) {
                end++;
            }
            words.add(str.part(at, end));
            at = Python.skipSpace(text, end);
        }
        return words;
    }

    /** At the ends of lines, which go. */
    static List<Value> lines(Value.Str str) {
        List<Value> lines = new ArrayList<>();
        String text = str.text();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n'
                    || c == '\r'
                    || (c >= 0x0b && c <= 0x0c)
                    || (c >= 0x1c && c <= 0x1e)
                    || c == 0x85
                    || c == 0x2028
                    || c == 0x2029) {
                lines.add(str.part(from, i));
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(str.part(from, text.length()));
        }
        return lines;
    }

    /** The filter and the method {@code replace}. */
    static Value.Str replaced(Value.Str str, Arguments given, Meter meter) {
        Arguments arguments = given.only("replace", "old", "new", "count");
        Value count = arguments.get(2, "count", Value.None.NONE);
        Value.Str by = arguments.text(1, "new");
        meter.make(str.text().length() * (1L + by.text().length()));
        int most = count instanceof Value.None ? -1 : Operators.index(count, "count");
        return replaced(str, arguments.text(0, "old"), by, most);
    }

    /** With one text in place of another, at most so often where the count is not negative. */
    private static Value.Str replaced(Value.Str str, Value.Str old, Value.Str by, int most) {
        var out = new Origin.Gathered();
        String text = str.text();
        int from = 0;
        int count = 0;
        int at = text.indexOf(old.text());
        while (at >= 0 && (most < 0 || count < most)) {
            out.add(str.part(from, at)).add(by);
            from = at + old.text().length();
            count++;
            if (old.text().isEmpty()) {
                if (from >= text.length()) {
                    break;
                }
                int next = from + Character.charCount(text.codePointAt(from));
                out.add(str.part(from, next));
                from = next;
            }
            at = text.indexOf(old.text(), from);
        }
        return out.add(str.part(from, text.length())).done();
    }

    /** The first character large, all others small. */
    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /** Each word's first letter large; what is no letter ends a word. */
    static String titled(String text) {
        var out = new StringBuilder(text.length());
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return out.toString();
    }

    /** Safe for HTML. */
    static Value.Str escaped(Value.Str str) {
        if (str.markup()) {
            return str;
        }
        var out = new Origin.Gathered();
        String text = str.text();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String entity = switch (text.charAt(i)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '\'' -> "&#39;";
                case '"' -> "&#34;";
                default -> "";
            };
            if (!entity.isEmpty()) {
                out.add(str.part(from, i)).add(Value.Str.own(entity));
                from = i + 1;
            }
        }
        Value.Str done = out.add(str.part(from, text.length())).done();
        return new Value.Str(done.text(), done.origin(), true);
    }

    /** Python's slice of a text, in characters of Unicode. */
    static Value sliced(Value target, Bounds bounds) {
        if (target instanceof Value.Str str) {
            int[] characters = str.text().codePoints().toArray();
            int[] picked = bounds.indices(characters.length);
            if (bounds.step() == 1) {
                int from = picked.length == 0 ? 0 : picked[0];
                int to = from + picked.length;
                int start = str.text().offsetByCodePoints(0, from);
                return str.part(start, str.text().offsetByCodePoints(start, to - from));
            }
            var out = new StringBuilder();
            for (int index : picked) {
                out.appendCodePoint(characters[index]);
            }
            return str.with(out.toString());
        }
        List<Value> items = Operators.iterate(target);
        List<Value> out = new ArrayList<>();
        for (int index : bounds.indices(items.size())) {
            out.add(items.get(index));
        }
        return new Value.Seq(out, ((Value.Seq) target).kind());
    }
}
