// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Known texts as a tree of characters; each leads to the value that it stands for. Surrogates are put in lower case and
 * without brackets, made-up values as they are.
 */
final class Trie {
    private final Map<Character, Trie> next = new HashMap<>();
    private @Nullable String value;

    /** Adds a text. */
    void put(String core, String itsValue) {
        Trie node = this;
        for (int i = 0; i < core.length(); i++) node = node.next.computeIfAbsent(core.charAt(i), _ -> new Trie());
        node.value = itsValue;
    }

    /** Where {@code c} leads, upper case taken as lower; null where no known surrogate goes on so. */
    @Nullable
    Trie after(char c) {
        return next.get(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }

    /** Where {@code c} itself leads; null where nothing known goes on so. */
    @Nullable
    Trie exactly(char c) {
        return next.get(c);
    }

    /** What the surrogate that ends here stands for; null where none ends here. */
    @Nullable
    String value() {
        return value;
    }

    /** Whether it knows no surrogate. */
    boolean isEmpty() {
        return next.isEmpty();
    }
}
