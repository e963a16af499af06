// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

/** Turns text into ids by one algorithm; knows no mark. Thread-safe. */
interface Encoder extends AutoCloseable {
    /**
     * The ids of a text.
     *
     * @param text well-formed UTF-16, at least one character
     * @param starts whether nothing, or a mark, stands before it
     */
    int[] encode(String text, boolean starts);

    @Override
    void close();
}
