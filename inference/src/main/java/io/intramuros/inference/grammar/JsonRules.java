// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parts of JSON (RFC 8259), in UTF-8. Blanks are few: a model that likes them would never come to an end. */
final class JsonRules {
    private static final Rule CONTINUATION = Rule.Range.of(0x80, 0xBF);

    /** A blank, or a new line and what a pretty printer puts after it. */
    static final Rule BLANK = Rule.optional(
            Rule.choice(literal(" "), Rule.sequence(literal("\n"), new Rule.Repeat(literal(" "), 0, 24))));

    private static final Rule HEX = Rule.Range.of('0', '9', 'a', 'f', 'A', 'F');
    private static final Rule DIGIT = Rule.Range.of('0', '9');

    /** A code point of a string: as UTF-8 (RFC 3629), or escaped; escaped surrogates come in pairs. */
    static final Rule CHARACTER = Rule.choice(
            Rule.Range.of(0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F),
            Rule.sequence(Rule.Range.of(0xC2, 0xDF), CONTINUATION),
            Rule.sequence(literalByte(0xE0), Rule.Range.of(0xA0, 0xBF), CONTINUATION),
            Rule.sequence(Rule.Range.of(0xE1, 0xEC, 0xEE, 0xEF), CONTINUATION, CONTINUATION),
            Rule.sequence(literalByte(0xED), Rule.Range.of(0x80, 0x9F), CONTINUATION),
            Rule.sequence(literalByte(0xF0), Rule.Range.of(0x90, 0xBF), CONTINUATION, CONTINUATION),
            Rule.sequence(Rule.Range.of(0xF1, 0xF3), CONTINUATION, CONTINUATION, CONTINUATION),
            Rule.sequence(literalByte(0xF4), Rule.Range.of(0x80, 0x8F), CONTINUATION, CONTINUATION),
            Rule.sequence(literal("\\"), escape()));

    static final Rule STRING = string(0, -1);

    static final Rule INTEGER = Rule.sequence(
            Rule.optional(literal("-")),
            Rule.choice(literal("0"), Rule.sequence(Rule.Range.of('1', '9'), new Rule.Repeat(DIGIT, 0, 17))));

    static final Rule NUMBER = Rule.sequence(
            INTEGER,
            Rule.optional(Rule.sequence(literal("."), new Rule.Repeat(DIGIT, 1, 17))),
            Rule.optional(Rule.sequence(
                    Rule.Range.of('e', 'e', 'E', 'E'),
                    Rule.optional(Rule.Range.of('+', '+', '-', '-')),
                    new Rule.Repeat(DIGIT, 1, 2))));

    static final Rule BOOLEAN = Rule.choice(literal("true"), literal("false"));
    static final Rule NULL = literal("null");

    private JsonRules() {}

    /** The text, in UTF-8. */
    static Rule literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Rule.Literal(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** A string of so many code points; {@code most} is -1 where there may be any number. */
    static Rule string(int least, int most) {
        return Rule.sequence(literal("\""), new Rule.Repeat(CHARACTER, least, most), literal("\""));
    }

    /** Between brackets: so many of a rule, commas between; {@code most} is -1 where there may be any number. */
    static Rule list(String open, Rule item, int least, int most, String close) {
        Rule more = Rule.sequence(literal(","), BLANK, item, BLANK);
        Rule some = most == 0
                ? Rule.NOTHING
                : Rule.sequence(item, BLANK, new Rule.Repeat(more, Math.max(0, least - 1), most < 0 ? -1 : most - 1));
        Rule inside = least == 0 ? Rule.optional(some) : some;
        return new Rule.Sequence(List.of(literal(open), BLANK, inside, literal(close)));
    }

    private static Rule escape() {
        Rule high = Rule.sequence(Rule.Range.of('d', 'd', 'D', 'D'), Rule.Range.of('8', '9', 'a', 'b', 'A', 'B'));
        Rule low = Rule.sequence(Rule.Range.of('d', 'd', 'D', 'D'), Rule.Range.of('c', 'f', 'C', 'F'));
        Rule pair = Rule.sequence(high, HEX, HEX, literal("\\u"), low, HEX, HEX);
        Rule single = Rule.choice(
                Rule.sequence(Rule.Range.of('0', '9', 'a', 'c', 'e', 'f', 'A', 'C', 'E', 'F'), HEX, HEX, HEX),
                Rule.sequence(Rule.Range.of('d', 'd', 'D', 'D'), Rule.Range.of('0', '7'), HEX, HEX));
        return Rule.choice(
                Rule.Range.of('"', '"', '\\', '\\', '/', '/', 'b', 'b', 'f', 'f', 'n', 'n', 'r', 'r', 't', 't'),
                Rule.sequence(literal("u"), Rule.choice(pair, single)));
    }

    private static Rule literalByte(int value) {
        return Rule.Range.of(value, value);
    }
}
