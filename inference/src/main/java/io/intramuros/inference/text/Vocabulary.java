// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model file says about its tokenizer ({@code tokenizer.ggml.*} in GGUF).
 *
 * @param model the algorithm: {@code gpt2} is byte-level BPE, {@code llama} SentencePiece's BPE by scores
 * @param pre the name of the pre-tokenizer, such as {@code smollm}; of no meaning for {@code llama}
 * @param tokens the text of each id: in the printable byte alphabet of GPT-2, or with U+2581 for a space
 * @param types the type of each id: 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte
 * @param merges pairs in order of their rank, divided by one space; none for {@code llama}
 * @param scores of each id for {@code llama}, where the higher is merged first; else none
 * @param special the ids that stand for the begin and the end of a text
 * @param ends the ids that end a generation; not empty
 * @param chatTemplate the Jinja text of the chat template, where the file has one
 */
public record Vocabulary(
        String model,
        String pre,
        List<String> tokens,
        List<Integer> types,
        List<String> merges,
        List<Float> scores,
        Special special,
        Set<Integer> ends,
        Optional<String> chatTemplate) {
    /** Byte-level BPE. */
    public static final String BYTE_LEVEL = "gpt2";

    /** SentencePiece's BPE. */
    public static final String SENTENCE_PIECE = "llama";

    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int BYTE = 6;

    /**
     * Ids with a meaning of their own.
     *
     * @param bos the begin of a text, where there is one
     * @param eos the end of a text, where there is one
     * @param addBos whether every prompt starts with the begin
     * @param spacePrefix whether SentencePiece puts a space before a text
     */
    public record Special(OptionalInt bos, OptionalInt eos, boolean addBos, boolean spacePrefix) {
        /** Neither begin nor end. */
        public static final Special NONE = new Special(OptionalInt.empty(), OptionalInt.empty(), false, false);
    }

    /** Checks that the lists fit together and the ids exist. */
    public Vocabulary {
        tokens = List.copyOf(tokens);
        types = List.copyOf(types);
        merges = List.copyOf(merges);
        scores = List.copyOf(scores);
        ends = Set.copyOf(ends);
        if (!model.equals(BYTE_LEVEL) && !model.equals(SENTENCE_PIECE)) {
            throw new IllegalArgumentException("tokenizer.ggml.model: " + model + " (expected: gpt2 or llama)");
        }
        same("token_type", types.size(), tokens.size());
        same("scores", scores.size(), model.equals(SENTENCE_PIECE) ? tokens.size() : 0);
        for (int end : ends) {
            inside("end token", end, tokens.size());
        }
        inside("begin token", special.bos.orElse(0), tokens.size());
        inside("end token", special.eos.orElse(0), tokens.size());
    }

    /** Whether the id is a control token: never part of a text. */
    public boolean isControl(int id) {
        return types.get(id) == CONTROL;
    }

    /** Whether the id stands for its text as a whole, beside all merges. */
    public boolean isUserDefined(int id) {
        return types.get(id) == USER_DEFINED;
    }

    /** Whether the id stands for one byte that no other token has. */
    public boolean isByte(int id) {
        return types.get(id) == BYTE;
    }

    /** Whether the id stands for text that the vocabulary does not have. */
    public boolean isUnknown(int id) {
        return types.get(id) == UNKNOWN;
    }

    /** Whether the id is one of the marks that structure a prompt: text alone never becomes one. */
    public boolean isMark(int id) {
        return isControl(id)
                || (isUserDefined(id)
                        && !tokens.get(id).isBlank()
                        && chatTemplate
                                .filter(template ->
                                        template.contains(tokens.get(id).strip()))
                                .isPresent());
    }

    /** The id that starts every prompt, where the model wants one. */
    public OptionalInt begin() {
        return special.addBos ? special.bos : OptionalInt.empty();
    }

    /** The id of a control token by its text, such as {@code <|im_start|>}. */
    public OptionalInt control(String text) {
        return IntStream.range(0, tokens.size())
                .filter(id -> isControl(id) && tokens.get(id).equals(text))
                .findFirst();
    }

    /** The same with another chat template, such as one that lies beside the model's file. */
    public Vocabulary withTemplate(String template) {
        return new Vocabulary(model, pre, tokens, types, merges, scores, special, ends, Optional.of(template));
    }

    @Override
    public String toString() {
        return "Vocabulary[pre=" + pre + ", tokens=" + tokens.size() + ", merges=" + merges.size() + "]";
    }

    private static void same(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "tokenizer.ggml." + what + ": " + found + " entries (expected: " + expected + ")");
        }
    }

    private static void inside(String what, int id, int count) {
        if (id < 0 || id >= count) {
            throw new IllegalArgumentException(what + ": " + id + " (expected: below " + count + ")");
        }
    }
}
