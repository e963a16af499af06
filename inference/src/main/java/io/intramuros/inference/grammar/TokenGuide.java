// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.BitSet;

/** Follows one text through a grammar, token by token. For one thread. */
public final class TokenGuide {
    private final TokenMasks masks;
    private Grammar.State state;

    /** A guide at the beginning of a text. */
    public TokenGuide(TokenMasks masks, Grammar grammar) {
        this.masks = masks;
        this.state = grammar.start();
    }

    /** The tokens that may come next, the end of the text among them where it may end; not to be changed. */
    public BitSet allowed() {
        return masks.allowed(state);
    }

    /** Goes on by a token that is allowed. */
    public void take(int token) {
        state = masks.after(state, token);
    }

    /** Whether nothing can follow but the end. */
    public boolean isOver() {
        return state.mustEnd();
    }
}
