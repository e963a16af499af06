// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * The automaton of Aho and Corasick: a state is the longest beginning of a mark that the text ends with. As rules, each
 * state is a choice of bytes and of the state that each leads to.
 */
/** Text of any bytes up to the first of some marks, and what comes after each. */
final class FreeText {
    private final Map<String, Rule> marks = new LinkedHashMap<>();
    private final boolean mayEnd;

    /**
     * Text that ends at marks.
     *
     * @param after what follows each mark
     * @param mayEnd whether the text may also end without any
     */
    FreeText(Map<String, Rule> after, boolean mayEnd) {
        after.forEach((mark, rule) -> marks.put(latin(mark), rule));
        this.mayEnd = mayEnd;
    }

    /** Writes the rules; the beginning gets the number, which was reserved before. Gives the states by what is behind them. */
    Map<String, Integer> write(RuleBook book, int start) {
        Map<String, Integer> states = new LinkedHashMap<>();
        states.put("", start);
        for (String mark : marks.keySet()) {
            for (int length = 1; length < mark.length(); length++) {
                states.computeIfAbsent(mark.substring(0, length), _ -> book.reserve());
            }
        }
        states.forEach((state, number) -> book.set(number, rule(state, states)));
        return states;
    }

    private Rule rule(String state, Map<String, Integer> states) {
        Map<Rule, BitSet> ways = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            ways.computeIfAbsent(after(state + (char) b, states), _ -> new BitSet(256))
                    .set(b);
        }
        List<Rule> options = new ArrayList<>();
        if (mayEnd) {
            options.add(Rule.NOTHING);
        }
        ways.forEach((next, bytes) -> options.add(Rule.sequence(new Rule.Range(bytes), next)));
        return new Rule.Choice(options);
    }

    private Rule after(String text, Map<String, Integer> states) {
        for (int from = 0; from <= text.length(); from++) {
            String end = text.substring(from);
            Rule beyond = marks.get(end);
            if (beyond != null) {
                return beyond;
            }
            Integer state = states.get(end);
            if (state != null) {
                return new Rule.Reference(state);
            }
        }
        throw new IllegalStateException("states: no beginning (expected: one)");
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
