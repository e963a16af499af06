// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Code points, as a character class of a regular expression names them. */
final class CharacterClass {
    private static final int LAST = 0x10FFFF;
    private static final String SHORT = "\"\\\b\f\n\r\t";
    private static final String SHORT_NAMES = "\"\\bfnrt";

    /** First to last, apart from each other. */
    private final TreeMap<Integer, Integer> spans = new TreeMap<>();

    /** All of them from one to another. */
    CharacterClass add(int from, int to) {
        int first = from;
        int last = to;
        var before = spans.floorEntry(first);
        if (before != null && before.getValue() >= first - 1) {
            first = before.getKey();
        }
        var next = spans.ceilingEntry(first);
        while (next != null && next.getKey() <= last + 1) {
            last = Math.max(last, next.getValue());
            spans.remove(next.getKey());
            next = spans.ceilingEntry(first);
        }
        spans.put(first, last);
        return this;
    }

    CharacterClass addAll(CharacterClass other) {
        other.spans.forEach(this::add);
        return this;
    }

    /** The one that there is; empty where there are more, or none. */
    OptionalInt only() {
        boolean one = spans.size() == 1
                && spans.firstEntry().getKey().equals(spans.firstEntry().getValue());
        return one ? OptionalInt.of(spans.firstKey()) : OptionalInt.empty();
    }

    /** All but these. */
    CharacterClass others() {
        var others = new CharacterClass();
        int from = 0;
        for (var span : spans.entrySet()) {
            if (span.getKey() > from) {
                others.add(from, span.getKey() - 1);
            }
            from = span.getValue() + 1;
        }
        return from <= LAST ? others.add(from, LAST) : others;
    }

    /** What {@code \d}, {@code \w}, {@code \s} and their opposites stand for; null where the letter names no class. */
    static @Nullable CharacterClass named(char letter) {
        var named = switch (Character.toLowerCase(letter)) {
            case 'd' -> new CharacterClass().add('0', '9');
            case 'w' ->
                new CharacterClass().add('0', '9').add('A', 'Z').add('_', '_').add('a', 'z');
            case 's' ->
                new CharacterClass()
                        .add('\t', '\r')
                        .add(' ', ' ')
                        .add(0xA0, 0xA0)
                        .add(0x1680, 0x1680)
                        .add(0x2000, 0x200A)
                        .add(0x2028, 0x2029)
                        .add(0x202F, 0x202F)
                        .add(0x205F, 0x205F)
                        .add(0x3000, 0x3000)
                        .add(0xFEFF, 0xFEFF);
            default -> null;
        };
        return named != null && Character.isUpperCase(letter) ? named.others() : named;
    }

    /** What a dot stands for. */
    static CharacterClass dot() {
        return new CharacterClass()
                .add('\n', '\n')
                .add('\r', '\r')
                .add(0x2028, 0x2029)
                .others();
    }

    /** One of them inside a JSON string: escaped where it must be, and in UTF-8 otherwise. */
    Rule rule() {
        List<Rule> options = new ArrayList<>();
        spans.forEach((first, last) -> {
            int from = first;
            for (int special = 0; special <= '\\'; special++) {
                boolean escaped = special < ' ' || special == '"' || special == '\\';
                if (escaped && special >= first && special <= last) {
                    plain(options, from, special - 1);
                    options.add(JsonRules.literal(escape((char) special)));
                    from = special + 1;
                }
            }
            plain(options, from, last);
        });
        return new Rule.Choice(options);
    }

    private static void plain(List<Rule> options, int from, int to) {
        if (from <= to) {
            options.add(Spans.codePoints(from, to));
        }
    }

    private static String escape(char c) {
        int at = SHORT.indexOf(c);
        return at >= 0 ? "\\" + SHORT_NAMES.charAt(at) : String.format(Locale.ROOT, "\\u%04x", (int) c);
    }
}
