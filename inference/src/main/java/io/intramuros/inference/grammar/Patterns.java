// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.List;

/*
 * The part of ECMA 262's regular expressions that describes regular languages: no look-around, no references back, no
 * anchors but at the ends. What is greedy and what is not makes no difference to whether a text matches.
 */
/** Makes rules of {@code pattern}: of the inside of a JSON string that the pattern is found in. */
final class Patterns {
    private static final int LONGEST = 1_000;
    /** Most copies of one part, all counts around it multiplied. */
    private static final int MOST_COPIES = 4_096;

    private static final int DEEPEST = 32;
    private static final String ANCHORS = "^$";

    private final String pattern;
    private final RuleBook book;
    private int at;
    private int depth;

    private Patterns(String pattern, RuleBook book) {
        this.pattern = pattern;
        this.book = book;
    }

    /** A rule, and how often the part of it that is copied most is. */
    private record Part(Rule rule, long copies) {}

    /** Thrown at what is not taken, with the reason. */
    private static final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        NotTaken(String reason) {
            super(reason);
        }
    }

    /** A string that the pattern is found in, quotes included. */
    static Rule string(String pattern, String path, RuleBook book) throws UnsupportedSchemaException {
        try {
            if (pattern.length() > LONGEST) {
                throw new NotTaken("longer than " + LONGEST + " characters");
            }
            Rule inside = new Patterns(pattern, book).whole();
            return Rule.sequence(JsonRules.literal("\""), inside, JsonRules.literal("\""));
        } catch (NotTaken e) {
            var refused = new UnsupportedSchemaException(path, String.valueOf(e.getMessage()));
            refused.initCause(e);
            throw refused;
        }
    }

    /** Alternatives with anchors of their own. */
    private Rule whole() throws NotTaken {
        Rule any = new Rule.Repeat(book.number(JsonRules.CHARACTER), 0, -1);
        List<Rule> options = new ArrayList<>();
        do {
            boolean fromStart = take('^');
            Rule inside = sequence().rule;
            boolean toEnd = take('$');
            options.add(Rule.sequence(fromStart ? Rule.NOTHING : any, inside, toEnd ? Rule.NOTHING : any));
        } while (take('|'));
        if (at < pattern.length()) {
            throw new NotTaken("an anchor in the middle, or a bracket too many");
        }
        return new Rule.Choice(options);
    }

    private Part alternatives() throws NotTaken {
        if (++depth > DEEPEST) {
            throw new NotTaken("deeper than " + DEEPEST + " groups");
        }
        List<Rule> options = new ArrayList<>();
        long copies = 1;
        do {
            Part option = sequence();
            options.add(option.rule);
            copies = Math.max(copies, option.copies);
        } while (take('|'));
        depth--;
        return new Part(book.number(new Rule.Choice(options)), copies);
    }

    private Part sequence() throws NotTaken {
        List<Rule> parts = new ArrayList<>();
        long copies = 1;
        while (at < pattern.length() && "|)".indexOf(peek()) < 0 && ANCHORS.indexOf(peek()) < 0) {
            Part part = repeated(atom());
            parts.add(part.rule);
            copies = Math.max(copies, part.copies);
        }
        return new Part(new Rule.Sequence(parts), copies);
    }

    private Part repeated(Part part) throws NotTaken {
        if (at == pattern.length()) {
            return part;
        }
        boolean counted = "*+?{".indexOf(peek()) >= 0;
        Part many = switch (peek()) {
            case '*' -> times(part, 0, -1);
            case '+' -> times(part, 1, -1);
            case '?' -> times(part, 0, 1);
            case '{' -> {
                int least = count();
                int most = peek() == ',' ? (next(1) == '}' ? -1 : count()) : least;
                at += peek() == ',' ? 1 : 0;
                yield times(part, least, most);
            }
            default -> part;
        };
        if (counted) {
            at++;
            take('?');
        }
        return many;
    }

    private static Part times(Part part, int least, int most) throws NotTaken {
        long copies = part.copies * Math.max(1, Math.max(least, most));
        if (copies > MOST_COPIES || (most >= 0 && least > most)) {
            throw new NotTaken("counts of more than " + MOST_COPIES + " together, or out of order");
        }
        return new Part(new Rule.Repeat(part.rule, least, most), copies);
    }

    /** A number behind a brace or comma. */
    private int count() throws NotTaken {
        int from = ++at;
        while (at < pattern.length() && peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == from || at - from > 4 || at == pattern.length() || ",}".indexOf(peek()) < 0) {
            throw new NotTaken("a count that is no number of at most four digits");
        }
        return Integer.parseInt(pattern.substring(from, at));
    }

    private Part atom() throws NotTaken {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case '(' -> group();
            case '[' -> one(characters());
            case '.' -> one(CharacterClass.dot());
            case '\\' -> one(escaped());
            case '*', '+', '?', '{', '}', ']' -> throw new NotTaken("a sign that belongs to nothing");
            default -> one(new CharacterClass().add(c, c));
        };
    }

    /** By number, for what is pushed on a stack is hashed whole. */
    private Part one(CharacterClass characters) {
        return new Part(book.number(characters.rule()), 1);
    }

    private Part group() throws NotTaken {
        if (take('?') && !take(':')) {
            throw new NotTaken("groups that look around or have a name");
        }
        Part inside = alternatives();
        if (!take(')')) {
            throw new NotTaken("an anchor in a group, or a bracket too few");
        }
        return inside;
    }

    private CharacterClass characters() throws NotTaken {
        boolean others = take('^');
        var all = new CharacterClass();
        while (!take(']')) {
            CharacterClass first = one();
            boolean span = at + 1 < pattern.length() && peek() == '-' && next(1) != ']';
            if (span) {
                at++;
                all.add(only(first), only(one()));
            } else {
                all.addAll(first);
            }
        }
        return others ? all.others() : all;
    }

    private CharacterClass one() throws NotTaken {
        if (at >= pattern.length()) {
            throw new NotTaken("a class without an end");
        }
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return c == '\\' ? escaped() : new CharacterClass().add(c, c);
    }

    private static int only(CharacterClass characters) throws NotTaken {
        return characters.only().orElseThrow(() -> new NotTaken("a span from or to more than one character"));
    }

    private CharacterClass escaped() throws NotTaken {
        if (at >= pattern.length()) {
            throw new NotTaken("an escape without a character");
        }
        char c = pattern.charAt(at++);
        CharacterClass named = CharacterClass.named(c);
        if (named != null) {
            return named;
        }
        int value = switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case 'u' -> hex(4);
            case 'x' -> hex(2);
            default -> {
                if (c >= 0x80 || Character.isLetterOrDigit(c)) {
                    throw new NotTaken("an escape that is not known");
                }
                yield c;
            }
        };
        return new CharacterClass().add(value, value);
    }

    private int hex(int digits) throws NotTaken {
        String text = pattern.substring(at, Math.min(pattern.length(), at + digits));
        if (!text.matches("[0-9A-Fa-f]{" + digits + "}")) {
            throw new NotTaken("an escape without its digits");
        }
        at += digits;
        return Integer.parseInt(text, 16);
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private char next(int ahead) {
        return at + ahead < pattern.length() ? pattern.charAt(at + ahead) : 0;
    }

    private boolean take(char c) {
        boolean there = at < pattern.length() && peek() == c;
        at += there ? 1 : 0;
        return there;
    }
}
