// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import java.util.Map;

/**
 * How well a set of texts was read.
 *
 * @param types what was found of each type, by the type's name, the most frequent first
 * @param chars UTF-16 units of text
 * @param over units masked outside of all that should be found
 */
public record Score(Map<String, Tally> types, long chars, long over) {
    /** All types together. */
    public Tally total() {
        return types.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Some types together; names of types that did not occur count nothing. */
    public Tally total(String... some) {
        Tally total = Tally.NONE;
        for (String type : some) total = total.plus(types.getOrDefault(type, Tally.NONE));
        return total;
    }

    /** Units masked in vain for each 1,000 units of text. */
    public double overMasking() {
        return chars == 0 ? 0 : 1000.0 * over / chars;
    }
}
