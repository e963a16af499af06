// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/**
 * What a model sees of each token, as numbers: itself and its neighbours, its ends, how it is written, what the lists and
 * the clusters say of it. A model is only good with the traits that it was trained with.
 */
final class Traits {
    /** The most traits of a token. */
    private static final int MOST = 68;

    private static final int AFFIX = 5;
    private static final int[] CLUSTER_BITS = {0xf, 0x3f, 0x3ff, 0xffff};
    /** The outcome before a sentence. */
    static final String EDGE = "^";

    /** A neighbour beyond the text. */
    private static final int BEYOND = 77;

    private final Page page;
    private final int[] words;
    private final int[] forms;
    private final int[] looks;
    private final int[] paths;
    private int[] traits = {};
    private int next;

    private Traits(Page page, Clusters clusters) {
        int size = page.size();
        this.page = page;
        this.words = new int[size];
        this.forms = new int[size];
        this.looks = new int[size];
        this.paths = new int[size];
        for (int i = 0; i < size; i++) {
            String lower = page.lower(i);
            Shape shape = page.shape(i);
            words[i] = shape == Shape.NUMBER ? 1000 + lower.length() : Hash.of(lower);
            forms[i] = form(page.text(), page.start(i), page.end(i));
            looks[i] = shape == Shape.MARK ? words[i] : 64 * shape.number() + page.flags(i);
            paths[i] = clusters.of(page.word(i), lower);
        }
    }

    /** Looks at a page. */
    static Traits of(Page page, Clusters clusters) {
        return new Traits(page, clusters);
    }

    /** What token {@code i} and what stands around it say; those of no trait are 0. */
    int[] of(int i) {
        traits = new int[MOST];
        next = 0;
        see(i);
        return traits;
    }

    /** What the outcomes of the tokens before say at token {@code i}; {@link #EDGE} before the first. */
    int[] after(int i, String last, String secondLast) {
        int before = Hash.of(last);
        int both = Hash.both(Hash.of(secondLast), before);
        return new int[] {
            Hash.feature(60, before),
            Hash.feature(61, both),
            Hash.feature(62, Hash.both(before, words[i])),
            Hash.feature(63, Hash.both(before, looks[i])),
            Hash.feature(64, Hash.both(both, looks[i]))
        };
    }

    private void see(int i) {
        int word = words[i];
        int before = at(words, i - 1);
        int after = at(words, i + 1);
        add(1, word);
        add(2, before);
        add(3, after);
        add(4, at(words, i - 2));
        add(5, at(words, i + 2));
        add(6, Hash.both(before, word));
        add(7, Hash.both(word, after));
        int look = looks[i];
        int lookBefore = at(looks, i - 1);
        int lookAfter = at(looks, i + 1);
        add(8, look);
        add(9, lookBefore);
        add(10, lookAfter);
        add(11, Hash.both(lookBefore, look));
        add(12, Hash.both(look, lookAfter));
        add(13, Hash.both(Hash.both(lookBefore, look), lookAfter));
        add(14, Hash.both(Hash.both(look, lookAfter), at(looks, i + 2)));
        add(15, Hash.both(Hash.both(at(looks, i - 2), lookBefore), look));
        add(16, Hash.both(before, look));
        add(17, Hash.both(look, after));
        add(18, Hash.both(Hash.both(at(words, i - 2), before), look));
        add(19, Hash.both(Hash.both(look, after), at(words, i + 2)));
        form(i);
        affixes(i);
        clusters(i);
        place(i);
    }

    private void form(int i) {
        int form = forms[i];
        add(20, form);
        add(21, Hash.both(at(forms, i - 1), form));
        add(22, Hash.both(form, at(forms, i + 1)));
        add(23, Hash.both(Hash.both(at(forms, i - 1), form), at(forms, i + 1)));
    }

    private void affixes(int i) {
        String word = page.lower(i);
        int length = word.length();
        for (int n = 1; n <= AFFIX && n < length; n++) {
            add(23 + n, Hash.of(word, length - n, length));
            if (n > 1) add(28 + n, Hash.of(word, 0, n));
        }
        int hyphen = word.lastIndexOf('-');
        if (hyphen > 0) add(34, Hash.of(word, hyphen + 1, length));
    }

    private void clusters(int i) {
        int path = paths[i];
        int before = at(paths, i - 1);
        int after = at(paths, i + 1);
        for (int n = 0; n < CLUSTER_BITS.length; n++) {
            int mask = CLUSTER_BITS[n];
            if (path > 0) add(35 + n, path & mask);
            if (before > 0) add(39 + n, before & mask);
            if (after > 0) add(43 + n, after & mask);
        }
        if (path > 0) {
            add(47, Hash.both(before & 0x3ff, path & 0x3ff));
            add(48, Hash.both(path & 0x3ff, after & 0x3ff));
        }
        if (before > 0 && after > 0) add(49, Hash.both(before & 0x3ff, after & 0x3ff));
        add(50, Hash.both(path & 0x3f, looks[i]));
        add(51, Hash.both(at(paths, i - 2) & 0x3ff, looks[i]));
        add(52, Hash.both(at(paths, i + 2) & 0x3ff, looks[i]));
    }

    private void place(int i) {
        boolean line = page.lineStart(i);
        add(57, (line ? 1 : 0) + (page.sentenceStart(i) ? 2 : 0) + (page.lineEnd(i) ? 4 : 0));
        add(58, Hash.both(looks[i], (line ? 1 : 0) + (page.sentenceStart(i) ? 2 : 0)));
        if (page.touching(i)) add(59, Hash.both(at(words, i - 1), looks[i]));
    }

    private void add(int template, int value) {
        traits[next++] = Hash.feature(template, value);
    }

    private static int at(int[] values, int i) {
        return i < 0 || i >= values.length ? BEYOND : values[i];
    }

    /** How a word is written, each run of like characters once: {@code Xx-Xx} for {@code Jean-Luc}. */
    private static int form(String text, int start, int end) {
        int hash = 17;
        int last = -1;
        for (int i = start; i < end; i++) {
            int kind = kind(text.charAt(i));
            if (kind != last) hash = hash * 31 + kind;
            last = kind;
        }
        return hash;
    }

    private static int kind(char c) {
        if (Character.isUpperCase(c)) return 1;
        if (Character.isLetter(c)) return 2;
        return Character.isDigit(c) ? 3 : 4 + c;
    }
}
