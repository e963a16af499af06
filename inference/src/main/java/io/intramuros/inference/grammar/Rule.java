// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What may be written: a context-free grammar over bytes. Compared by value, so that equal rests are one state. */
sealed interface Rule {
    /** Nothing. */
    Rule NOTHING = new Sequence(List.of());

    /** These bytes from a position on, one Latin-1 character for each. */
    record Literal(String bytes, int at) implements Rule {
        public Literal(String bytes) {
            this(bytes, 0);
        }
    }

    /** One byte of a set. */
    record Range(BitSet bytes) implements Rule {
        /** Bytes from {@code low} to {@code high}, pair after pair. */
        static Range of(int... pairs) {
            BitSet bytes = new BitSet(256);
            for (int i = 0; i < pairs.length; i += 2) {
                bytes.set(pairs[i], pairs[i + 1] + 1);
            }
            return new Range(bytes);
        }
    }

    /** One after the other. */
    record Sequence(List<Rule> parts) implements Rule {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of them. */
    record Choice(List<Rule> options) implements Rule {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** A rule, which must not be empty, at least {@code least} times; at most {@code most}, where that is not -1. */
    record Repeat(Rule rule, int least, int most) implements Rule {}

    /** A rule that is known by its number, so that rules can contain themselves. */
    record Reference(int number) implements Rule {}

    static Rule sequence(Rule... parts) {
        return new Sequence(Arrays.asList(parts));
    }

    static Rule choice(Rule... options) {
        return new Choice(Arrays.asList(options));
    }

    static Rule optional(Rule rule) {
        return choice(NOTHING, rule);
    }
}
