// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * A text cut into tokens, each with its place, shape and what the lists know of it. Words keep their hyphens and the
 * apostrophes of names ({@code O'Brien}); an elided article ({@code l'}) and an English {@code 's} are tokens of their own.
 */
final class Page {
    private static final Set<String> ENDINGS = Set.of("s", "re", "ll", "ve", "d", "m");
    private static final Set<String> ARTICLES = Set.of(
            "the", "a", "an", "der", "die", "das", "den", "dem", "ein", "eine", "el", "la", "los", "las", "un", "una",
            "le", "les", "une", "il", "lo", "het", "een", "o", "os", "um", "uma");
    private static final int CODE_SIDES = 2;

    private final String text;
    private final Lexicon lexicon;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    private final String[] lowers;
    private final Shape[] shapes;
    private final int[] flags;
    private final Language language;

    Page(String text, Lexicon lexicon) {
        this.text = text;
        this.lexicon = lexicon;
        cut();
        this.lowers = new String[size];
        this.shapes = new Shape[size];
        this.flags = new int[size];
        for (int i = 0; i < size; i++) {
            shapes[i] = Shape.of(text, starts[i], ends[i]);
            lowers[i] =
                    text.substring(starts[i], ends[i]).toLowerCase(Locale.ROOT).replace('’', '\'');
            flags[i] = shapes[i] == Shape.MARK ? 0 : known(lowers[i]);
        }
        this.language = Language.of(this);
    }

    /** A double name is a given name or a surname if each half is. */
    private int known(String word) {
        int flags = lexicon.of(word);
        int hyphen = word.indexOf('-');
        if (flags != 0 || hyphen < 0) return flags;
        int both = NameRun.NAMED;
        for (String half : word.split("-", -1)) both &= lexicon.of(half);
        return both;
    }

    String text() {
        return text;
    }

    Language language() {
        return language;
    }

    int size() {
        return size;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    /** The token in lower case with straight apostrophes. */
    String lower(int i) {
        return lowers[i];
    }

    /** The token as it stands. */
    String word(int i) {
        return text.substring(starts[i], ends[i]);
    }

    Shape shape(int i) {
        return shapes[i];
    }

    /** What the lists know of token {@code i}: flags of {@link Lexicon}. */
    int flags(int i) {
        return flags[i];
    }

    /** Whether token {@code i} has one of the flags of {@link Lexicon} in {@code mask}. */
    boolean has(int i, int mask) {
        return (flags[i] & mask) != 0;
    }

    /** Whether token {@code i} is on this page and is the single character {@code c}. */
    boolean mark(int i, char c) {
        return i >= 0 && i < size && ends[i] - starts[i] == 1 && text.charAt(starts[i]) == c;
    }

    /** Whether tokens {@code i - 1} and {@code i} stand on one line with at most two blanks between. */
    boolean joined(int i) {
        if (i <= 0 || i >= size) return false;
        int gap = starts[i] - ends[i - 1];
        if (gap > CODE_SIDES) return false;
        for (int at = ends[i - 1]; at < starts[i]; at++)
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') return false;
        return true;
    }

    /** Whether nothing stands between tokens {@code i - 1} and {@code i}. */
    boolean touching(int i) {
        return i > 0 && i < size && starts[i] == ends[i - 1];
    }

    /** Whether token {@code i} begins a line. */
    boolean lineStart(int i) {
        if (i == 0) return true;
        for (int at = ends[i - 1]; at < starts[i]; at++) if (text.charAt(at) == '\n') return true;
        return false;
    }

    /** Whether an article stands before token {@code i}. */
    boolean articled(int i) {
        return joined(i) && ARTICLES.contains(lowers[i - 1]);
    }

    /** Whether token {@code i} ends a line. */
    boolean lineEnd(int i) {
        return i == size - 1 || lineStart(i + 1);
    }

    /** Whether token {@code i} begins a sentence or a line, as far as the mark before it tells. */
    boolean sentenceStart(int i) {
        if (lineStart(i)) return true;
        char before = text.charAt(ends[i - 1] - 1);
        return ".!?:;¿¡\"“„»«(*-–—>•|".indexOf(before) >= 0;
    }

    /** Whether tokens {@code from} to {@code to} (exclusive) stand free of what code, paths and mail addresses are made of. */
    boolean free(int from, int to) {
        int left = starts[from] - 1;
        int right = ends[to - 1];
        if (left >= 0 && "@/\\_#=$%&~`.".indexOf(text.charAt(left)) >= 0) return false;
        if (right >= text.length()) return true;
        char next = text.charAt(right);
        if ("@\\_=$~`(".indexOf(next) >= 0) return false;
        boolean more = right + 1 < text.length() && Character.isLetterOrDigit(text.charAt(right + 1));
        return !(more && (next == '.' || next == ':' || next == '/' || next == '-' || next == '#'));
    }

    /** The first token that begins at {@code offset} or after it. */
    int tokenFrom(int offset) {
        int found = Arrays.binarySearch(starts, 0, size, offset);
        return found >= 0 ? found : -found - 1;
    }

    /** The words of tokens {@code from} to {@code to} (exclusive) in lower case, one blank between those that do not touch. */
    String phrase(int from, int to) {
        if (to - from == 1) return lowers[from];
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from && !touching(i)) out.append(' ');
            out.append(lowers[i]);
        }
        return out.toString();
    }

    /** The number of tokens of the longest town of the lists that begins at {@code i}, 0 if none. */
    int townAt(int i) {
        if (has(i, Lexicon.TOWN_START)) {
            int most = Math.min(size - i, 2 * lexicon.longestTown());
            for (int n = most; n > 1; n--) {
                if (!line(i, i + n) || shapes[i + n - 1] == Shape.MARK) continue;
                if ((lexicon.of(phrase(i, i + n)) & Lexicon.TOWN) != 0) return n;
            }
        }
        return has(i, Lexicon.TOWN) ? 1 : 0;
    }

    private boolean line(int from, int to) {
        for (int i = from + 1; i < to; i++) if (!joined(i)) return false;
        return true;
    }

    private void cut() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (wordy(c)) {
                at = cutWord(at);
            } else {
                if (!blank(c)) add(at, at + 1);
                at++;
            }
        }
    }

    private int cutWord(int start) {
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (wordy(c)) at++;
            else if ((c == '-' || c == '\'' || c == '’') && letterAt(at - 1) && letterAt(at + 1)) {
                if (c != '-' && splits(start, at)) return split(start, at);
                at++;
            } else break;
        }
        add(start, at);
        return at;
    }

    /** An article before ({@code l'}, {@code dell'}) goes alone, and so does an English ending after. */
    private boolean splits(int start, int apostrophe) {
        return (Character.isLowerCase(text.charAt(apostrophe - 1)) && !Character.isUpperCase(text.charAt(start)))
                || ending(apostrophe)
                || (Character.isLowerCase(text.charAt(apostrophe + 1)) && apostrophe - start == 1);
    }

    private boolean ending(int apostrophe) {
        int end = apostrophe + 1;
        while (end < text.length() && wordy(text.charAt(end))) end++;
        return ENDINGS.contains(text.substring(apostrophe + 1, end).toLowerCase(Locale.ROOT));
    }

    private int split(int start, int apostrophe) {
        if (!ending(apostrophe)) {
            add(start, apostrophe + 1);
            return apostrophe + 1;
        }
        add(start, apostrophe);
        int end = apostrophe + 1;
        while (end < text.length() && wordy(text.charAt(end))) end++;
        add(apostrophe, end);
        return end;
    }

    private boolean letterAt(int at) {
        return at < text.length() && Character.isLetter(text.charAt(at));
    }

    private static boolean wordy(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f';
    }

    private void add(int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        starts[size] = start;
        ends[size++] = end;
    }
}
