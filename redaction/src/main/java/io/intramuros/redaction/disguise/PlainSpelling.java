// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rewrites a text as it looks. Says nothing where that differs only in what honest text has too: quotes, dashes, accents. */
final class PlainSpelling {
    private static final int REVERSED = 0x202e;
    private static final int REVERSED_END = 0x202c;
    /** So many single characters with a space after each are no words. */
    private static final int FEWEST_SPACED = 8;

    private static final int LONGEST_WORD = 48;

    private final String text;
    private final Escapes escapes;
    private Spelling spelling;
    private boolean disguised;

    private PlainSpelling(String text) {
        this.text = text;
        this.escapes = new Escapes(text);
        this.spelling = new Spelling(text.length());
    }

    /** The text as it looks; empty where it is not disguised. */
    static Optional<Lifted> of(String text) {
        if (!mayBeDisguised(text)) return Optional.empty();
        PlainSpelling plain = new PlainSpelling(text);
        plain.respell();
        plain.closeSpaces();
        plain.makeDigits();
        return plain.disguised ? Optional.of(plain.spelling.done()) : Optional.empty();
    }

    /** A quick look that spares honest ASCII text the rest. */
    private static boolean mayBeDisguised(String text) {
        int spaced = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7f || c == '&' || c == '\\' || c == '%' || c == '=') return true;
            if (i > 1 && c == ' ' && text.charAt(i - 2) == ' ') {
                if (++spaced >= FEWEST_SPACED / 2) return true;
            } else if (i > 0 && isDigitLike(c) && isNumberLike(text.charAt(i - 1))) {
                return true;
            } else if (c != ' ' && i > 0 && text.charAt(i - 1) != ' ') {
                spaced = 0;
            }
        }
        return false;
    }

    private static boolean isDigitLike(char c) {
        return c == 'O' || c == 'o' || c == 'I' || c == 'l';
    }

    private void respell() {
        int reversedFrom = -1;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            String escaped = codePoint < 0x80 ? escapes.at(i, text) : null;
            int end = escaped == null ? i + Character.charCount(codePoint) : escapes.end();
            if (codePoint == REVERSED) reversedFrom = spelling.length();
            if (codePoint == REVERSED_END && reversedFrom >= 0) reversedFrom = reverse(reversedFrom);
            if (escaped == null && codePoint < 0x80) spelling.add((char) codePoint, i, end);
            else respell(codePoint, escaped, i, end);
            i = end;
        }
        if (reversedFrom >= 0) reverse(reversedFrom);
    }

    private int reverse(int from) {
        spelling.reverse(from);
        disguised = true;
        return -1;
    }

    private void respell(int codePoint, @Nullable String escaped, int start, int end) {
        String plain = escaped == null ? LookAlikes.of(codePoint) : escaped;
        spelling.add(plain, start, end);
        boolean same = plain.contentEquals(text.subSequence(start, end));
        if (same || disguised) return;
        disguised = isDigits(plain)
                || isStyled(codePoint)
                || (Character.isLetter(codePoint) ? isAmongAscii(start, end) : touchesAscii(start, end));
    }

    /** A Latin letter in a mathematical, round or wide style. */
    private static boolean isStyled(int codePoint) {
        return (codePoint >= 0x2460 && codePoint <= 0x24ff)
                || (codePoint >= 0xff00 && codePoint <= 0xff5e)
                || (codePoint >= 0x1d400 && codePoint <= 0x1d7ff)
                || (codePoint >= 0x1f100 && codePoint <= 0x1f1ff);
    }

    private static boolean isDigits(String plain) {
        return !plain.isEmpty() && plain.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether ASCII letters or digits, or marks that identifiers have, stand on both sides or it is one of several. */
    private boolean touchesAscii(int start, int end) {
        boolean before = start > 0 && isPart(text.charAt(start - 1));
        boolean after = end < text.length() && isPart(text.charAt(end));
        return before && after;
    }

    /** Whether the word has ASCII letters or digits too: a word of one script is honest. */
    private boolean isAmongAscii(int start, int end) {
        for (int i = start - 1; i >= Math.max(0, start - LONGEST_WORD) && text.charAt(i) > ' '; i--)
            if (text.charAt(i) < 0x80 && Character.isLetterOrDigit(text.charAt(i))) return true;
        for (int i = end; i < Math.min(text.length(), end + LONGEST_WORD) && text.charAt(i) > ' '; i++)
            if (text.charAt(i) < 0x80 && Character.isLetterOrDigit(text.charAt(i))) return true;
        return false;
    }

    private static boolean isPart(char c) {
        return c > 0x7f ? !Character.isLetter(c) || isLookAlike(c) : c > ' ' && "\"'`()<>,;!?*".indexOf(c) < 0;
    }

    private static boolean isLookAlike(char c) {
        return !Character.isSurrogate(c) && !LookAlikes.of(c).equals(String.valueOf(c));
    }

    /** Takes the spaces out of "j a n e @ …". */
    private void closeSpaces() {
        boolean[] dropped = new boolean[spelling.length()];
        boolean any = false;
        int start = 0;
        while (start < spelling.length()) {
            int end = start;
            while (end + 2 < spelling.length() && isSpaced(end)) end += 2;
            if ((end - start) / 2 >= FEWEST_SPACED) {
                for (int i = start + 1; i < end; i += 2) dropped[i] = true;
                any = true;
            }
            start = Math.max(end, start + 1);
        }
        if (!any) return;
        spelling = spelling.without(dropped);
        disguised = true;
    }

    private boolean isSpaced(int index) {
        return spelling.at(index) > ' ' && spelling.at(index + 1) == ' ' && spelling.at(index + 2) > ' ';
    }

    /** Writes O and l as digits where all around them are digits. */
    private void makeDigits() {
        int start = 0;
        while (start < spelling.length()) {
            int end = start;
            int digits = 0;
            int letters = 0;
            for (; end < spelling.length() && isNumberLike(spelling.at(end)); end++) {
                if (Character.isDigit(spelling.at(end))) digits++;
                else if (Character.isLetter(spelling.at(end))) letters++;
            }
            boolean alone = end == spelling.length() || !Character.isLetterOrDigit(spelling.at(end));
            if (alone && letters > 0 && digits > 3 && digits >= letters && startsAlone(start)) toDigits(start, end);
            start = end + 1;
        }
    }

    private boolean startsAlone(int start) {
        return start == 0 || !Character.isLetterOrDigit(spelling.at(start - 1));
    }

    private void toDigits(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = spelling.at(i);
            if (c == 'O' || c == 'o') spelling.set(i, '0');
            else if (c == 'I' || c == 'l') spelling.set(i, '1');
        }
        disguised = true;
    }

    private static boolean isNumberLike(char c) {
        return (c >= '0' && c <= '9') || "OoIl-./".indexOf(c) >= 0;
    }
}
