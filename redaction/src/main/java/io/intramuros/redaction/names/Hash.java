// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** The numbers by which models and clusters know words and features; a file is only good with the same numbers. */
final class Hash {
    private static final int BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private Hash() {}

    /** FNV-1a over the UTF-16 units from {@code start} to {@code end}. */
    static int of(CharSequence text, int start, int end) {
        int hash = BASIS;
        for (int i = start; i < end; i++) hash = (hash ^ text.charAt(i)) * PRIME;
        return hash;
    }

    static int of(CharSequence text) {
        return of(text, 0, text.length());
    }

    /** A feature's number: the number of its template and its value, mixed well; never 0. */
    static int feature(int template, int value) {
        int hash = value * 0x9e3779b1 + template * 0x85ebca6b;
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >>> 12;
        hash *= 0x297a2d39;
        hash ^= hash >>> 15;
        return hash == 0 ? 1 : hash;
    }

    /** Two values as one. */
    static int both(int a, int b) {
        return (a * 31 + 7) * 0x27d4eb2f ^ Integer.rotateLeft(b * 0x165667b1, 13);
    }
}
