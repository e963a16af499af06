// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON text with its strings unescaped, and where each string and number stands (RFC 8259). */
final class JsonScan {
    /**
     * A string, without its quotes, or a number.
     *
     * @param start first index in the unescaped text, inclusive
     * @param end last index, exclusive
     * @param number whether it is a number
     */
    record Literal(int start, int end, boolean number) {}

    private final String text;
    private final int[] raws;
    private final List<Literal> literals;

    private JsonScan(String text, int[] raws, List<Literal> literals) {
        this.text = text;
        this.raws = raws;
        this.literals = literals;
    }

    /** The scan of {@code raw}; null where it is no JSON object or array. */
    static @Nullable JsonScan of(String raw) {
        JsonReader reader = new JsonReader(raw);
        return reader.isDocument() ? reader.scan() : null;
    }

    static JsonScan of(StringBuilder text, int[] raws, List<Literal> literals) {
        return new JsonScan(text.toString(), Arrays.copyOf(raws, text.length() + 1), literals);
    }

    /** The unescaped text. */
    String text() {
        return text;
    }

    /** The index in the raw text of an index in the unescaped one. */
    int raw(int index) {
        return raws[index];
    }

    /** The literals that a span of the unescaped text touches. */
    List<Literal> literalsIn(int start, int end) {
        int low = 0;
        int high = literals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (literals.get(middle).end() <= start) low = middle + 1;
            else high = middle;
        }
        List<Literal> touched = new ArrayList<>();
        for (; low < literals.size() && literals.get(low).start() < end; low++) touched.add(literals.get(low));
        return touched;
    }
}
