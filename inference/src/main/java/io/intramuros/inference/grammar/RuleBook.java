// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules by number, so that they can contain themselves and each other. For one thread. */
final class RuleBook {
    private final List<Rule> numbered = new ArrayList<>();
    private Optional<Rule> anyValue = Optional.empty();

    /** A number for a rule that is not known yet. */
    int reserve() {
        numbered.add(Rule.NOTHING);
        return numbered.size() - 1;
    }

    /** Says what a number stands for. */
    void set(int number, Rule rule) {
        numbered.set(number, rule);
    }

    /** Numbers a rule, so that who refers to it twice has it once. */
    Rule number(Rule rule) {
        int number = reserve();
        set(number, rule);
        return new Rule.Reference(number);
    }

    int size() {
        return numbered.size();
    }

    List<Rule> rules() {
        return List.copyOf(numbered);
    }

    /** Any JSON value, by a rule that contains itself. */
    Rule anyValue() {
        if (anyValue.isEmpty()) {
            int number = reserve();
            Rule any = new Rule.Reference(number);
            anyValue = Optional.of(any);
            set(
                    number,
                    Rule.choice(
                            JsonRules.list("{", entry(any), 0, -1, "}"),
                            JsonRules.list("[", any, 0, -1, "]"),
                            JsonRules.STRING,
                            JsonRules.NUMBER,
                            JsonRules.BOOLEAN,
                            JsonRules.NULL));
        }
        return anyValue.get();
    }

    /** Any JSON object. */
    Rule anyObject() {
        return JsonRules.list("{", entry(anyValue()), 0, -1, "}");
    }

    private static Rule entry(Rule value) {
        return Rule.sequence(JsonRules.STRING, JsonRules.literal(":"), JsonRules.BLANK, value);
    }
}
