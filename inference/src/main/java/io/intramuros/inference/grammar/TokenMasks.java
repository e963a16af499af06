// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * The tokens are sorted by their bytes, so that those which begin alike stand together: what they share is walked once,
 * and where it leads nowhere they are passed over together.
 */
/** Which tokens of a vocabulary the states of grammars allow. Thread-safe. */
public final class TokenMasks {
    /** Masks that are kept, of all grammars together; one is a bit for each token. */
    private static final int MOST_MASKS = 512;

    private final byte[][] sorted;
    private final int[] ids;
    private final int[] shared;
    private final byte[][] bytes;
    private final BitSet ends;
    private final Map<Grammar.State, BitSet> masks = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Grammar.State, BitSet> eldest) {
            return size() > MOST_MASKS;
        }
    };

    /**
     * Masks for a vocabulary.
     *
     * @param tokens how many there are
     * @param bytesOf what a token stands for; one without bytes is never allowed, save where it ends the text
     * @param ends the tokens that end a text
     */
    public TokenMasks(int tokens, IntFunction<byte[]> bytesOf, BitSet ends) {
        this.ends = (BitSet) ends.clone();
        this.bytes = IntStream.range(0, tokens).mapToObj(bytesOf).toArray(byte[][]::new);
        this.ids = IntStream.range(0, tokens)
                .filter(id -> bytes[id].length > 0 && !ends.get(id))
                .boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(bytes[a], bytes[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.sorted = Arrays.stream(ids).mapToObj(id -> bytes[id]).toArray(byte[][]::new);
        this.shared = new int[ids.length];
        for (int i = 1; i < ids.length; i++) {
            int mismatch = Arrays.mismatch(sorted[i - 1], sorted[i]);
            shared[i] = mismatch < 0 ? sorted[i].length : mismatch;
        }
    }

    /** The tokens that may come next; not to be changed. */
    BitSet allowed(Grammar.State state) {
        synchronized (masks) {
            BitSet known = masks.get(state);
            if (known != null) {
                return known;
            }
        }
        BitSet mask = compute(state);
        synchronized (masks) {
            masks.put(state, mask);
        }
        return mask;
    }

    /** The state after a token that is allowed; one that ends the text changes nothing. */
    Grammar.State after(Grammar.State state, int token) {
        Grammar.State next = state;
        if (!ends.get(token)) {
            for (byte b : bytes[token]) {
                next = next == null ? null : next.after(b);
            }
        }
        if (next == null) {
            throw new IllegalArgumentException("token: " + token + " (expected: one that is allowed)");
        }
        return next;
    }

    private BitSet compute(Grammar.State from) {
        BitSet mask = new BitSet(bytes.length);
        if (from.mayEnd()) {
            mask.or(ends);
        }
        int longest =
                Arrays.stream(sorted).mapToInt(token -> token.length).max().orElse(0);
        Grammar.@Nullable State[] at = new Grammar.State[longest + 1];
        at[0] = from;
        int walked = 0;
        int dead = Integer.MAX_VALUE;
        for (int i = 0; i < sorted.length; i++) {
            if (shared[i] >= dead) {
                continue;
            }
            byte[] token = sorted[i];
            dead = Integer.MAX_VALUE;
            walked = Math.min(walked, shared[i]);
            Grammar.State state = at[walked];
            while (state != null && walked < token.length) {
                state = state.after(token[walked++]);
                at[walked] = state;
            }
            if (state == null) {
                dead = walked;
            } else {
                mask.set(ids[i]);
            }
        }
        return mask;
    }
}
