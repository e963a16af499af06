// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.text.Normalizer;

/** What a character looks like: letters of other scripts, compatibility forms, digits, dashes, spaces, nothing. */
final class LookAlikes {
    private static final String CYRILLIC_AND_GREEK = "аеорсухіјѕһԁԛԝьАВЕКМНОРСТХУІЈЅԌЗαβεικνορτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧΕүӏ";
    private static final String LATIN = "aeopcyxijshdqwbABEKMHOPCTXYIJSG3aBeiKvoptuxyABEZHIKMNOPTYXEyl";
    private static final String DASHES = "‐‑‒–—―−﹘﹣－⁃";
    private static final String DOTS = "․。｡·・";
    private static final int BRAILLE_BLANK = 0x2800;
    private static final int KEYCAP = 0x20e3;

    private LookAlikes() {}

    /** What {@code codePoint} (not ASCII) looks like to a reader; itself where it looks like itself. */
    static String of(int codePoint) {
        if (isInvisible(codePoint)) return "";
        if (Character.getType(codePoint) == Character.SPACE_SEPARATOR || codePoint == BRAILLE_BLANK) return " ";
        if (DASHES.indexOf(codePoint) >= 0) return "-";
        if (DOTS.indexOf(codePoint) >= 0) return ".";
        int digit = Character.digit(codePoint, 10);
        if (digit >= 0) return String.valueOf(digit);
        int letter = CYRILLIC_AND_GREEK.indexOf(codePoint);
        if (letter >= 0) return LATIN.substring(letter, letter + 1);
        String compatible = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return compatible.isBlank() && !compatible.isEmpty() ? " " : compatible;
    }

    /** Format characters, variation selectors, tags, marks that stand over another character. */
    static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT
                || type == Character.NON_SPACING_MARK
                || codePoint == KEYCAP
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x3164
                || codePoint == 0xffa0;
    }
}
