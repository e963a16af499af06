// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.AnswerGrammar;
import io.intramuros.inference.grammar.Grammar;
import io.intramuros.inference.grammar.UnsupportedSchemaException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the grammars that were asked for last: programs ask by the same schemas and tools. Thread-safe. */
final class Grammars {
    private static final int KEPT = 64;

    private final Map<AnswerGrammar.Wish, Grammar> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AnswerGrammar.Wish, Grammar> eldest) {
            return size() > KEPT;
        }
    };

    /** The grammar of a wish, or the refusal of what no grammar can hold to. */
    Grammar of(AnswerGrammar.Wish wish) throws RefusedException {
        synchronized (kept) {
            Grammar known = kept.get(wish);
            if (known != null) {
                return known;
            }
        }
        Grammar made = made(wish);
        synchronized (kept) {
            kept.put(wish, made);
        }
        return made;
    }

    private static Grammar made(AnswerGrammar.Wish wish) throws RefusedException {
        try {
            return AnswerGrammar.of(wish);
        } catch (UnsupportedSchemaException e) {
            throw new RefusedException(ApiError.unsupported(e.path(), String.valueOf(e.getMessage())));
        }
    }
}
