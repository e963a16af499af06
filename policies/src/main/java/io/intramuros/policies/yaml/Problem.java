// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

/**
 * One fault in a file, for the person who wrote it.
 *
 * @param at where
 * @param message what is wrong and what was expected; no line break
 */
public record Problem(Place at, String message) {
    /** The file that the fault is in. */
    public String file() {
        return at.file();
    }

    /** The line of the fault, from 1. */
    public int line() {
        return at.line();
    }

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
