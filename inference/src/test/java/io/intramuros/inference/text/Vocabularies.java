// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Vocabularies small enough to know by heart. */
public final class Vocabularies {
    /** The id of the first byte token. */
    public static final int FIRST_BYTE = 3;

    /** The id that ends a generation, {@code <|im_end|>}. */
    public static final int END = 2;

    private Vocabularies() {}

    /** Three control tokens, one token for each byte, and no merges: every text is its bytes. */
    public static Vocabulary bytes(Optional<String> chatTemplate) {
        List<String> tokens = new ArrayList<>(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"));
        List<Integer> types = new ArrayList<>(List.of(3, 3, 3));
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(ByteAlphabet.character(b)));
            types.add(1);
        }
        return new Vocabulary(
                "gpt2",
                "smollm",
                tokens,
                types,
                List.of(),
                List.of(),
                Vocabulary.Special.NONE,
                Set.of(0, END),
                chatTemplate);
    }

    /** The same with further control tokens, such as the marks of a family. */
    public static Vocabulary marked(String chatTemplate, List<String> controls) {
        Vocabulary bytes = bytes(Optional.of(chatTemplate));
        List<String> tokens = new ArrayList<>(bytes.tokens());
        tokens.addAll(controls);
        List<Integer> types = new ArrayList<>(bytes.types());
        types.addAll(Collections.nCopies(controls.size(), 3));
        return new Vocabulary(
                "gpt2",
                "smollm",
                tokens,
                types,
                List.of(),
                List.of(),
                Vocabulary.Special.NONE,
                bytes.ends(),
                bytes.chatTemplate());
    }

    /** The same with merges, the merged pairs as further tokens. */
    public static Vocabulary merged(String pre, List<String> merges) {
        Vocabulary bytes = bytes(Optional.empty());
        List<String> tokens = new ArrayList<>(bytes.tokens());
        merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
        List<Integer> types = new ArrayList<>(bytes.types());
        types.addAll(Collections.nCopies(merges.size(), 1));
        return new Vocabulary(
                "gpt2", pre, tokens, types, merges, List.of(), Vocabulary.Special.NONE, Set.of(END), Optional.empty());
    }
}
