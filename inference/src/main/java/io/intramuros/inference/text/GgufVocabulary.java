// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufMetadata;
import java.util.ArrayList;
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
    private static final Set<String> END_TEXTS = Set.of(
            "<|im_end|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end|>",
            "<end_of_turn>",
            "</s>",
            "<|end_of_text|>");

    private static final int CONTROL = 3;
    private static final int NORMAL = 1;

    private GgufVocabulary() {}

    /**
     * The vocabulary, with all that ends a generation: the end, the end of a turn, the end of a message.
     *
     * @throws GgufException where a key is missing or of another type
     * @throws IllegalArgumentException where the tokenizer is of a kind that is not supported
     */
    public static Vocabulary read(GgufMetadata metadata) throws GgufException {
        String model = metadata.requiredText(PREFIX + "model");
        boolean sentencePiece = model.equals(Vocabulary.SENTENCE_PIECE);
        List<String> tokens = metadata.texts(PREFIX + "tokens");
        List<Integer> types = types(metadata, tokens.size());
        return new Vocabulary(
                model,
                sentencePiece ? metadata.text(PREFIX + "pre").orElse("default") : metadata.requiredText(PREFIX + "pre"),
                tokens,
                types,
                sentencePiece ? List.of() : metadata.texts(PREFIX + "merges"),
                sentencePiece ? scores(metadata) : List.of(),
                special(metadata, sentencePiece),
                ends(metadata, tokens, types),
                metadata.text("tokenizer.chat_template"));
    }

    private static List<Integer> types(GgufMetadata metadata, int count) throws GgufException {
        if (!metadata.keys().contains(PREFIX + "token_type")) {
            return java.util.Collections.nCopies(count, NORMAL);
        }
        return Arrays.stream(metadata.numbers(PREFIX + "token_type"))
                .mapToObj(Math::toIntExact)
                .toList();
    }

    private static List<Float> scores(GgufMetadata metadata) throws GgufException {
        List<Float> scores = new ArrayList<>();
        for (double score : metadata.reals(PREFIX + "scores")) {
            scores.add((float) score);
        }
        return scores;
    }

    private static Vocabulary.Special special(GgufMetadata metadata, boolean sentencePiece) throws GgufException {
        return new Vocabulary.Special(
                id(metadata, "bos_token_id"),
                id(metadata, "eos_token_id"),
                metadata.flag(PREFIX + "add_bos_token").orElse(sentencePiece || opensByDefault(metadata)),
                sentencePiece && metadata.flag(PREFIX + "add_space_prefix").orElse(true));
    }

    /** Whether llama.cpp puts the begin before prompts of this pre-tokenizer, where the file says nothing. */
    private static boolean opensByDefault(GgufMetadata metadata) throws GgufException {
        String pre = metadata.text(PREFIX + "pre").orElse("");
        return Set.of("llama-bpe", "llama3", "llama-v3", "tekken").contains(pre);
    }

    private static OptionalInt id(GgufMetadata metadata, String key) throws GgufException {
        OptionalLong id = metadata.number(PREFIX + key);
        return id.isPresent() ? OptionalInt.of((int) Math.min(id.getAsLong(), Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    private static Set<Integer> ends(GgufMetadata metadata, List<String> tokens, List<Integer> types)
            throws GgufException {
        Set<Integer> ends = new HashSet<>();
        for (String key : END_KEYS) {
            id(metadata, key).ifPresent(ends::add);
        }
        for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
            if (types.get(id) == CONTROL && END_TEXTS.contains(tokens.get(id))) {
                ends.add(id);
            }
        }
        return ends;
    }
}
