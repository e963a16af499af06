// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.template.Rendered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that a template structures a conversation with. They are found only where the template itself wrote them;
 * the same characters in a message are text.
 */
final class Marks {
    private final Map<Character, List<Mark>> byFirst = new HashMap<>();
    /** Whether white space behind a mark goes, as in the tokenizer of Phi 3, which no GGUF file says. */
    private final boolean strips;

    /** A token by its text. */
    private record Mark(String text, int id) {}

    /** All control tokens of a vocabulary, and the user-defined ones that its template spells out. */
    Marks(Vocabulary vocabulary) {
        strips = vocabulary.model().equals(Vocabulary.SENTENCE_PIECE)
                && vocabulary.control("<|assistant|>").isPresent()
                && vocabulary.control("<|end|>").isPresent();
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            String text = vocabulary.tokens().get(id);
            if (vocabulary.isMark(id) && !text.isBlank()) {
                byFirst.computeIfAbsent(text.charAt(0), _ -> new ArrayList<>()).add(new Mark(text, id));
            }
        }
        byFirst.values()
                .forEach(marks -> marks.sort(Comparator.comparingInt((Mark mark) -> mark.text.length())
                        .reversed()));
    }

    /** The ids of what a template wrote. */
    int[] encode(Rendered rendered, TextTokenizer tokenizer) {
        var ids = new Ids();
        String text = rendered.text();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            Optional<Mark> mark = at(rendered, at);
            if (mark.isPresent()) {
                ids.addAll(tokenizer.encode(text.substring(from, at)));
                ids.add(mark.get().id);
                at += mark.get().text.length();
                while (strips && at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                from = at;
            } else {
                at++;
            }
        }
        ids.addAll(tokenizer.encode(text.substring(from)));
        return ids.toArray();
    }

    private Optional<Mark> at(Rendered rendered, int at) {
        List<Mark> candidates = byFirst.get(rendered.text().charAt(at));
        if (candidates == null) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(mark ->
                        rendered.text().startsWith(mark.text, at) && rendered.isOwn(at, at + mark.text.length()))
                .findFirst();
    }
}
