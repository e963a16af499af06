// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * A pushdown automaton that is followed in all its possible ways at once: a state is the set of what may still be to
 * come, each a stack of rules. States that are equal are one object, and remember where each byte led, so that walking
 * along known ways is looking up.
 */
/** A grammar and the states that were reached in it. Thread-safe. */
public final class Grammar {
    /** States that are remembered; with more of them the memory starts anew. */
    private static final int MOST_STATES = 20_000;

    private final Rule start;
    private final List<Rule> numbered;
    private final Map<Set<Stack>, State> states = new HashMap<>();

    /** A grammar from its first rule and those that are referred to by number. */
    Grammar(Rule start, List<Rule> numbered) {
        this.start = start;
        this.numbered = List.copyOf(numbered);
    }

    /** What is still to come: a rule, and the rest after it. */
    private record Stack(Rule top, @Nullable Stack rest, int hash) {
        static Stack push(Rule top, @Nullable Stack rest) {
            return new Stack(top, rest, 31 * top.hashCode() + (rest == null ? 7 : rest.hash));
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object o) {
            Stack mine = this;
            Object other = o;
            // A loop: stacks are as deep as the answer is nested.
            while (mine != other) {
                if (mine == null
                        || !(other instanceof Stack(Rule top, Stack rest, int code))
                        || code != mine.hash
                        || !top.equals(mine.top)) {
                    return false;
                }
                mine = mine.rest;
                other = rest;
            }
            return true;
        }
    }

    /** A point in a text that the grammar describes. */
    public final class State {
        private final Set<Stack> ways;
        private final boolean end;
        private final @Nullable State[] next = new State[256];
        private final boolean[] known = new boolean[256];

        private State(Set<Stack> ways, boolean end) {
            this.ways = ways;
            this.end = end;
        }

        /** Whether the text may end here. */
        public boolean mayEnd() {
            return end;
        }

        /** Whether it must. */
        public boolean mustEnd() {
            return ways.isEmpty();
        }

        /** The state after one more byte, or null where the grammar has none such. */
        public @Nullable State after(byte value) {
            int b = value & 0xFF;
            synchronized (Grammar.this) {
                if (!known[b]) {
                    next[b] = step(ways, b);
                    known[b] = true;
                }
                return next[b];
            }
        }
    }

    /** Where every text begins. */
    public synchronized State start() {
        Set<Stack> ways = new LinkedHashSet<>();
        boolean end = expand(Stack.push(start, null), ways, new HashSet<>());
        return state(ways, end);
    }

    private @Nullable State step(Set<Stack> ways, int b) {
        Set<Stack> after = new LinkedHashSet<>();
        Set<Stack> seen = new HashSet<>();
        boolean end = false;
        for (Stack way : ways) {
            switch (way.top) {
                case Rule.Literal(String bytes, int at) -> {
                    if (bytes.charAt(at) == b) {
                        Stack rest = at + 1 == bytes.length()
                                ? way.rest
                                : Stack.push(new Rule.Literal(bytes, at + 1), way.rest);
                        end |= expand(rest, after, seen);
                    }
                }
                case Rule.Range range -> end |= range.bytes().get(b) && expand(way.rest, after, seen);
                case Rule.Sequence _, Rule.Choice _, Rule.Repeat _, Rule.Reference _ ->
                    throw new IllegalStateException("way: begins with a rule that was not expanded");
            }
        }
        return after.isEmpty() && !end ? null : state(after, end);
    }

    private State state(Set<Stack> ways, boolean end) {
        if (states.size() > MOST_STATES) {
            states.clear();
        }
        Set<Stack> key = ways;
        if (end) {
            // Two states that differ only in whether the text may end here are not the same.
            key = new LinkedHashSet<>(ways);
            key.add(Stack.push(Rule.NOTHING, null));
        }
        return states.computeIfAbsent(key, _ -> new State(ways, end));
    }

    /** Adds all ways that begin with a byte; whether one is to be at the end. */
    private boolean expand(@Nullable Stack first, Set<Stack> ways, Set<Stack> seen) {
        List<Stack> open = new ArrayList<>();
        boolean end = first == null;
        if (first != null) {
            open.add(first);
        }
        while (!open.isEmpty()) {
            Stack stack = open.removeLast();
            if (!seen.add(stack)) {
                continue;
            }
            List<Stack> more = new ArrayList<>();
            end |= unfold(stack, ways, more);
            open.addAll(more.reversed());
        }
        return end;
    }

    private boolean unfold(Stack stack, Set<Stack> ways, List<Stack> more) {
        return switch (stack.top) {
            case Rule.Literal literal -> {
                boolean nothing = literal.at() == literal.bytes().length();
                if (!nothing) {
                    ways.add(stack);
                }
                yield nothing && goOn(stack.rest, more);
            }
            case Rule.Range _ -> {
                ways.add(stack);
                yield false;
            }
            case Rule.Reference(int number) -> goOn(Stack.push(numbered.get(number), stack.rest), more);
            case Rule.Choice(List<Rule> options) -> {
                options.forEach(option -> more.add(Stack.push(option, stack.rest)));
                yield false;
            }
            case Rule.Sequence(List<Rule> parts) -> {
                Stack rest = stack.rest;
                for (Rule part : parts.reversed()) {
                    rest = Stack.push(part, rest);
                }
                yield goOn(rest, more);
            }
            case Rule.Repeat repeat -> unfold(repeat, stack.rest, more);
        };
    }

    private static boolean unfold(Rule.Repeat repeat, @Nullable Stack rest, List<Stack> more) {
        if (repeat.most() != 0) {
            int most = repeat.most() < 0 ? -1 : repeat.most() - 1;
            Rule again = new Rule.Repeat(repeat.rule(), Math.max(0, repeat.least() - 1), most);
            more.add(Stack.push(repeat.rule(), Stack.push(again, rest)));
        }
        return repeat.least() == 0 && goOn(rest, more);
    }

    private static boolean goOn(@Nullable Stack rest, List<Stack> more) {
        if (rest != null) {
            more.add(rest);
        }
        return rest == null;
    }
}
