// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

/**
 * What a restorer looks for. It does not change any more.
 *
 * @param surrogates as they were minted, in lower case and without brackets
 * @param made made-up values
 */
record Known(Trie surrogates, Trie made) {
    /** Whether there is nothing to look for. */
    boolean isEmpty() {
        return surrogates.isEmpty() && made.isEmpty();
    }

    @Override
    public String toString() {
        return "Known";
    }
}
