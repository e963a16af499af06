// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a GGUF file says about its tokenizer ({@code tokenizer.ggml.*}).
 *
 * @param model the algorithm; only {@code gpt2} (byte-level BPE) is supported
 * @param pre the name of the pre-tokenizer, such as {@code smollm}
 * @param tokens the text of each id, in the printable byte alphabet of GPT-2
 * @param types the type of each id: 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte
 * @param merges pairs in order of their rank, divided by one space
 * @param begin the id that starts every prompt, where the model wants one
 * @param ends the ids that end a generation; not empty
 * @param chatTemplate the Jinja text of the chat template, where the file has one
 */
public record Vocabulary(
        String model,
        String pre,
        List<String> tokens,
        List<Integer> types,
        List<String> merges,
        OptionalInt begin,
        Set<Integer> ends,
        Optional<String> chatTemplate) {
    private static final int CONTROL = 3;

    public Vocabulary {
        tokens = List.copyOf(tokens);
        types = List.copyOf(types);
        merges = List.copyOf(merges);
        ends = Set.copyOf(ends);
        if (!model.equals("gpt2")) {
            throw new IllegalArgumentException("tokenizer.ggml.model: " + model + " (expected: gpt2)");
        }
        if (tokens.size() != types.size()) {
            throw new IllegalArgumentException(
                    "tokenizer.ggml.token_type: " + types.size() + " entries (expected: " + tokens.size() + ")");
        }
        for (int end : ends) {
            if (end < 0 || end >= tokens.size()) {
                throw new IllegalArgumentException("end token: " + end + " (expected: below " + tokens.size() + ")");
            }
        }
    }

    /** Whether the id is a control token: never part of a text. */
    public boolean isControl(int id) {
        return types.get(id) == CONTROL;
    }

    /** The id of a control token by its text, such as {@code <|im_start|>}. */
    public OptionalInt control(String text) {
        return IntStream.range(0, tokens.size())
                .filter(id -> isControl(id) && tokens.get(id).equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return "Vocabulary[pre=" + pre + ", tokens=" + tokens.size() + ", merges=" + merges.size() + "]";
    }
}
