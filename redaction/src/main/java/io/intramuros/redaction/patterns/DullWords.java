// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

/** Tells ordinary words of prose, which are most of what a model says, from what may have a form, in one short look. */
final class DullWords {
    /** Longer runs of letters may be a key. */
    private static final int LONGEST = 20;

    /** Where the Latin letters with the accents of Europe end. */
    private static final int KNOWN = 0x180;

    private static final byte SMALL = 1;
    private static final byte CAPITAL = 2;
    private static final byte MARK = 3;
    /** Found before a word, it may mean that the word is part of something: {@code password=}, {@code 12 }. */
    private static final byte REACHES = 4;

    private static final byte[] KINDS = kinds();

    private DullWords() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[KNOWN];
        for (char c = 0; c < KNOWN; c++) {
            if (Character.isLetter(c)) kinds[c] = Character.isUpperCase(c) ? CAPITAL : SMALL;
            else if (" .,;!?\n".indexOf(c) >= 0) kinds[c] = MARK;
            else if (Character.isDigit(c) || c > 'z' || "=:\"'`@\\-_/~+".indexOf(c) >= 0) kinds[c] = REACHES;
        }
        return kinds;
    }

    /**
     * Whether all of {@code text} from {@code from} on is words of letters, small but perhaps the first, and nothing before
     * them could reach into them: no digit, no mark of an assignment, no quote, no armour of a key.
     */
    static boolean are(String text, int from) {
        for (int i = 0; i < from; i++) if (kind(text.charAt(i)) == REACHES) return false;
        int word = from;
        while (word > 0 && isLetter(kind(text.charAt(word - 1)))) word--;
        for (int i = word; i < text.length(); i++) {
            byte kind = kind(text.charAt(i));
            if (kind == MARK) word = i + 1;
            else if (!isLetter(kind) || i - word >= LONGEST || (kind == CAPITAL && i > word)) return false;
        }
        return true;
    }

    private static byte kind(char c) {
        return c < KNOWN ? KINDS[c] : REACHES;
    }

    private static boolean isLetter(byte kind) {
        return kind == SMALL || kind == CAPITAL;
    }
}
