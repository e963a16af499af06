// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufMetadata;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the vocabulary out of a GGUF file's metadata. */
public final class GgufVocabulary {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final List<String> END_KEYS = List.of("eos_token_id", "eot_token_id", "eom_token_id");
    /** Control tokens that end a turn in one family or another, also where the file does not say so. */
    private static final Set<String> END_TEXTS =
            Set.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<end_of_turn>", "</s>");

    private static final int CONTROL = 3;

    private GgufVocabulary() {}

    /**
     * The vocabulary, with all that ends a generation: the end, the end of a turn, the end of a message.
     *
     * @throws GgufException where a key is missing or of another type
     * @throws IllegalArgumentException where the tokenizer is of a kind that is not supported
     */
    public static Vocabulary read(GgufMetadata metadata) throws GgufException {
        List<String> tokens = metadata.texts(PREFIX + "tokens");
        List<Integer> types = Arrays.stream(metadata.numbers(PREFIX + "token_type"))
                .mapToObj(Math::toIntExact)
                .toList();
        return new Vocabulary(
                metadata.requiredText(PREFIX + "model"),
                metadata.requiredText(PREFIX + "pre"),
                tokens,
                types,
                metadata.texts(PREFIX + "merges"),
                begin(metadata),
                ends(metadata, tokens, types),
                metadata.text("tokenizer.chat_template"));
    }

    private static OptionalInt begin(GgufMetadata metadata) throws GgufException {
        boolean wanted = metadata.flag(PREFIX + "add_bos_token").orElse(false);
        OptionalLong id = metadata.number(PREFIX + "bos_token_id");
        return wanted && id.isPresent() ? OptionalInt.of(Math.toIntExact(id.getAsLong())) : OptionalInt.empty();
    }

    private static Set<Integer> ends(GgufMetadata metadata, List<String> tokens, List<Integer> types)
            throws GgufException {
        Set<Integer> ends = new HashSet<>();
        for (String key : END_KEYS) {
            metadata.number(PREFIX + key).ifPresent(id -> ends.add(Math.toIntExact(id)));
        }
        for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
            if (types.get(id) == CONTROL && END_TEXTS.contains(tokens.get(id))) {
                ends.add(id);
            }
        }
        return ends;
    }
}
