// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

/** Tells ordinary words of prose, which are most of what a model says, from what may have a form, in one short look. */
final class DullWords {
    /** Longer runs of letters may be a key. */
    private static final int LONGEST = 20;

    private static final String MARKS = " .,;!?\n";

    private DullWords() {}

    /**
     * Whether all of {@code text} from {@code from} on is words of letters, small but perhaps the first, and nothing before
     * them could reach into them: no digit, no mark of an assignment, no quote, no armour of a key.
     */
    static boolean are(String text, int from) {
        for (int i = 0; i < from; i++) if (reaches(text.charAt(i))) return false;
        int letters = from;
        while (letters > 0 && isLetter(text.charAt(letters - 1))) letters--;
        for (int i = letters; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                if (i - letters >= LONGEST || (isCapital(c) && i > letters)) return false;
            } else if (MARKS.indexOf(c) >= 0) {
                letters = i + 1;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean reaches(char c) {
        return (c >= '0' && c <= '9') || "=:\"'`@\\-_/~+".indexOf(c) >= 0 || (c > 'z' && !isAccented(c));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isAccented(c);
    }

    /** The Latin letters with accents of Western Europe. */
    private static boolean isAccented(char c) {
        return c >= '\u00c0' && c <= '\u017f' && c != '\u00d7' && c != '\u00f7';
    }

    private static boolean isCapital(char c) {
        return (c >= 'A' && c <= 'Z') || (c > 'z' && Character.isUpperCase(c));
    }
}
