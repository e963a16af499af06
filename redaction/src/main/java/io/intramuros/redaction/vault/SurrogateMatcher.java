// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a known surrogate at a place, also as models rewrite it: other case, brackets lost, a backslash before a
 * mark, a space or hyphen for an underscore, a space within the brackets. A bracket is taken away only with its partner.
 * A made-up value is recognised only as it was made, as whole words.
 */
final class SurrogateMatcher {
    /** No known surrogate starts here. */
    static final int NONE = -1;
    /** What is here can still become one. */
    static final int MORE = -2;

    private static final int MOST_BACKSLASHES = 2;

    private final Known known;
    private final Units units;
    private final boolean atEnd;
    private @Nullable String value;

    SurrogateMatcher(Known known, Units units, boolean atEnd) {
        this.known = known;
        this.units = units;
        this.atEnd = atEnd;
    }

    /** What the surrogate matched last stands for. */
    @Nullable
    String value() {
        return value;
    }

    /** Where what is known and starts at {@code start} ends, or {@link #NONE} or {@link #MORE}. */
    int match(int start, char before) {
        int end = surrogate(start, before);
        return end == NONE && !known.made().isEmpty() ? made(start, before) : end;
    }

    private int surrogate(int start, char before) {
        char c = units.at(start);
        if (c == '[' || c == '\\') return bracketed(start);
        return known.surrogates().after(c) == null || Character.isLetterOrDigit(before) ? NONE : core(start);
    }

    /** Where the longest made-up value that starts at {@code start} ends. */
    private int made(int start, char before) {
        if (Character.isLetterOrDigit(before) && Character.isLetterOrDigit(units.at(start))) return NONE;
        Trie node = known.made();
        int longest = NONE;
        for (int index = start; ; index++) {
            boolean over = index == units.size();
            if (over && !atEnd) return MORE;
            if (node.value() != null && (over || isBorder(index))) longest = found(node, index);
            Trie next = over ? null : node.exactly(units.at(index));
            if (next == null) return longest;
            node = next;
        }
    }

    private boolean isBorder(int index) {
        return !Character.isLetterOrDigit(units.at(index)) || !Character.isLetterOrDigit(units.at(index - 1));
    }

    private int bracketed(int start) {
        int open = skip('\\', start, MOST_BACKSLASHES);
        if (open == units.size()) return more();
        if (units.at(open) != '[') return NONE;
        int from = skip(' ', open + 1, 1);
        int end = core(from);
        if (end < 0) return end;
        int close = skip('\\', skip(' ', end, 1), MOST_BACKSLASHES);
        if (close == units.size()) return more();
        return units.at(close) == ']' ? close + 1 : NONE;
    }

    /** Where type and code that start at {@code start} end. */
    private int core(int start) {
        Trie node = known.surrogates();
        int index = start;
        while (index < units.size()) {
            char c = units.at(index);
            boolean word = Character.isLetterOrDigit(c);
            if (!word && node.value() != null) return found(node, index);
            Trie next = node.after(word ? c : '_');
            if (next == null) return NONE;
            index = word ? index + 1 : separator(index);
            if (index < 0) return index;
            node = next;
        }
        return atEnd && node.value() != null ? found(node, index) : more();
    }

    /** Where what stands for the underscore at {@code start} ends. */
    private int separator(int start) {
        int space = skip(' ', start, 1);
        int mark = skip('\\', space, MOST_BACKSLASHES);
        if (mark == units.size()) return more();
        char c = units.at(mark);
        if (c == '_' || (c == '-' && mark == start)) return skip(' ', mark + 1, 1);
        return space > start && mark == space ? space : NONE;
    }

    private int skip(char c, int start, int most) {
        int index = start;
        while (index < units.size() && index - start < most && units.at(index) == c) index++;
        return index;
    }

    private int found(Trie node, int end) {
        value = node.value();
        return end;
    }

    private int more() {
        return atEnd ? NONE : MORE;
    }
}
