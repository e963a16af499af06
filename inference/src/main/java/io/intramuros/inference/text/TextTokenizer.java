// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.grammar.TokenMasks;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Encodes text by a vocabulary and gives each id's bytes back. No text, whatever it says, becomes a control token or
 * another of the marks that the model's template writes. Thread-safe. May hold native memory until it is closed.
 */
public final class TextTokenizer implements AutoCloseable {
    private final Vocabulary vocabulary;
    private final TokenBytes bytes;
    private final Encoder encoder;
    private final Map<Set<Integer>, TokenMasks> masks = new HashMap<>();

    /**
     * Builds the encoder; nothing is fetched.
     *
     * @throws IllegalArgumentException where the vocabulary's pre-tokenizer is not supported
     */
    public TextTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.bytes = new TokenBytes(vocabulary);
        this.encoder = vocabulary.model().equals(Vocabulary.SENTENCE_PIECE)
                ? new SentencePieceEncoder(vocabulary)
                : new BytePairEncoder(vocabulary);
    }

    /** The vocabulary that this tokenizer speaks. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The ids of a text, without any control token. Lone surrogates count as U+FFFD. */
    public int[] encode(String text) {
        return text.isEmpty() ? new int[0] : encoder.encode(wellFormed(text), true);
    }

    /** Fewer ids than this a text cannot have: known at once, where {@link #encode} needs a second for a megabyte. */
    public int fewest(String text) {
        return text.length() / Math.max(1, bytes.longest());
    }

    /** The bytes of one id: a piece of UTF-8 that may begin or end inside a character; empty for a control token. */
    public byte[] bytes(int id) {
        return bytes.of(id);
    }

    /** The same, where some control tokens are to be spelled out: as marks that structure an answer. */
    public byte[] bytes(int id, Set<Integer> spelled) {
        return spelled.contains(id) ? vocabulary.tokens().get(id).getBytes(StandardCharsets.UTF_8) : bytes.of(id);
    }

    /**
     * Which tokens the states of grammars allow; made at the first call.
     *
     * @param spelled control tokens that count as what they are spelled; of these there are few sets
     */
    public synchronized TokenMasks masks(Set<Integer> spelled) {
        return masks.computeIfAbsent(Set.copyOf(spelled), this::newMasks);
    }

    private TokenMasks newMasks(Set<Integer> spelled) {
        BitSet ends = new BitSet();
        vocabulary.ends().forEach(ends::set);
        return new TokenMasks(vocabulary.tokens().size(), id -> bytes(id, spelled), ends);
    }

    @Override
    public void close() {
        encoder.close();
    }

    private static String wellFormed(String text) {
        boolean lone = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!lone) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
