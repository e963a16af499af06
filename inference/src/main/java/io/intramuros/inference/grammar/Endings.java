// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.List;

/** Finds out whether a grammar has any text at all. */
final class Endings {
    private Endings() {}

    /** Whether some finite text follows the rule: the least fixed point over the rules that are referred to. */
    static boolean mayEnd(Rule rule, List<Rule> numbered) {
        boolean[] ends = new boolean[numbered.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < ends.length; i++) {
                if (!ends[i] && mayEnd(numbered.get(i), ends)) {
                    ends[i] = true;
                    changed = true;
                }
            }
        }
        return mayEnd(rule, ends);
    }

    private static boolean mayEnd(Rule rule, boolean[] ends) {
        return switch (rule) {
            case Rule.Literal _, Rule.Range _ -> true;
            case Rule.Sequence(List<Rule> parts) -> parts.stream().allMatch(part -> mayEnd(part, ends));
            case Rule.Choice(List<Rule> options) -> options.stream().anyMatch(option -> mayEnd(option, ends));
            case Rule.Repeat repeat -> mayEnd(repeat, ends);
            case Rule.Reference(int number) -> ends[number];
        };
    }

    private static boolean mayEnd(Rule.Repeat repeat, boolean[] ends) {
        boolean possible = repeat.most() < 0 || repeat.least() <= repeat.most();
        return possible && (repeat.least() == 0 || mayEnd(repeat.rule(), ends));
    }
}
