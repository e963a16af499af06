// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/*
 * A thought is any text up to its mark. Where calls may be made but need not, everything else is any text too, up to
 * the mark that opens a call; from there on only a call leads on. So an answer in words costs a look-up for each token,
 * and a call is never broken JSON.
 */
/** Grammars of whole answers: what is thought, what is said, and the calls of tools. */
public final class AnswerGrammar {
    private static final String THINK = "<think>";
    private static final String THOUGHT = "</think>";
    private static final Rule SPACE =
            new Rule.Repeat(Rule.Range.of(' ', ' ', '\n', '\n', '\t', '\t', '\r', '\r'), 0, 8);

    private final Wish wish;
    private final RuleBook book = new RuleBook();

    /** Whether an answer begins with a thought. */
    public enum Thought {
        /** The model marks none. */
        NONE,
        /** It may. */
        POSSIBLE,
        /** The prompt ends inside one. */
        BEGUN
    }

    /**
     * The calls that an answer may make.
     *
     * @param form how they are written
     * @param tools what may be called; at least one
     * @param forced whether the answer is nothing but calls
     * @param several whether there may be more than one
     */
    public record Calls(CallForm form, List<Callable> tools, boolean forced, boolean several) {
        /** Copies the list. */
        public Calls {
            tools = List.copyOf(tools);
        }
    }

    /**
     * A schema that what is said must satisfy.
     *
     * @param path where it stands in the request
     */
    public record Json(JsonNode schema, String path) {
        /** Says nothing of the schema. */
        @Override
        public String toString() {
            return "Json[" + path + "]";
        }
    }

    /** What an answer must look like; compared by value. */
    public record Wish(Thought thought, Optional<Calls> calls, Optional<Json> json) {}

    private AnswerGrammar(Wish wish) {
        this.wish = wish;
    }

    /**
     * The grammar of a wish.
     *
     * @throws UnsupportedSchemaException where a schema is wrong, or asks for what a grammar cannot hold to; its path
     *     begins with that of the schema
     */
    public static Grammar of(Wish wish) throws UnsupportedSchemaException {
        var made = new AnswerGrammar(wish);
        Rule start = made.start();
        return new Grammar(start, made.book.rules());
    }

    private Rule start() throws UnsupportedSchemaException {
        boolean forced = wish.calls.map(Calls::forced).orElse(false);
        if (forced || wish.json.isPresent()) {
            return thoughtful(held(forced));
        }
        if (wish.calls.isPresent()) {
            return free(wish.calls.get());
        }
        throw new IllegalArgumentException("wish: neither calls nor a schema (expected: one of them)");
    }

    /** Calls, or text by the schema, or either. */
    private Rule held(boolean forced) throws UnsupportedSchemaException {
        List<Rule> options = new ArrayList<>();
        if (wish.calls.isPresent()) {
            Calls calls = wish.calls.get();
            options.add(new CallRules(calls.form, calls.tools, book).calls(calls.several));
        }
        if (wish.json.isPresent() && !forced) {
            Json json = wish.json.get();
            try {
                options.add(JsonSchemas.rule(json.schema, book));
            } catch (UnsupportedSchemaException e) {
                throw e.under(json.path);
            }
        }
        return options.size() == 1 ? options.getFirst() : new Rule.Choice(options);
    }

    private Rule thoughtful(Rule rest) {
        return switch (wish.thought) {
            case NONE -> rest;
            case BEGUN -> thought(rest, false);
            case POSSIBLE -> Rule.choice(rest, Rule.sequence(JsonRules.literal(THINK), thought(rest, false)));
        };
    }

    /** A thought to its end, and what follows. */
    private Rule thought(Rule rest, boolean mayEnd) {
        int start = book.reserve();
        new FreeText(Map.of(THOUGHT, Rule.sequence(SPACE, rest)), mayEnd).write(book, start);
        return new Rule.Reference(start);
    }

    /** Any text, in which calls may be. */
    private Rule free(Calls calls) throws UnsupportedSchemaException {
        int start = book.reserve();
        Rule text = new Rule.Reference(start);
        var rules = new CallRules(calls.form, calls.tools, book);
        Rule more = calls.several ? text : SPACE;
        Map<String, Rule> marks = new LinkedHashMap<>();
        marks.put(calls.form.open(), rules.opened(calls.several, more, SPACE));
        int begin = calls.form.layout() == CallForm.Layout.BARE ? book.reserve() : start;
        Rule first = new Rule.Reference(begin);
        Rule thought = wish.thought == Thought.NONE ? Rule.NOTHING : thought(first, true);
        if (wish.thought != Thought.NONE) {
            marks.put(THINK, thought);
        }
        Map<String, Integer> states = new FreeText(marks, true).write(book, start);
        if (begin != start) {
            book.set(begin, bare(rules, states, start));
        }
        return wish.thought == Thought.BEGUN ? thought : first;
    }

    /** The beginning of an answer of which a brace makes a call. */
    private static Rule bare(CallRules rules, Map<String, Integer> states, int text) throws UnsupportedSchemaException {
        Map<Integer, BitSet> ways = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            if (b != '{' && !Character.isWhitespace(b)) {
                Integer begun = states.get(String.valueOf((char) b));
                ways.computeIfAbsent(begun == null ? text : begun, _ -> new BitSet(256))
                        .set(b);
            }
        }
        List<Rule> options = new ArrayList<>(List.of(Rule.NOTHING, Rule.sequence(rules.object(), SPACE)));
        ways.forEach((next, bytes) -> options.add(Rule.sequence(new Rule.Range(bytes), new Rule.Reference(next))));
        return Rule.sequence(new Rule.Repeat(Rule.Range.of(' ', ' ', '\t', '\r'), 0, -1), new Rule.Choice(options));
    }
}
