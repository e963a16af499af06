// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.util.Arrays;

/** A text without its disguise, and for each of its characters the part of the original that it was. */
public final class Lifted {
    private final String text;
    private final int[] starts;
    private final int[] ends;

    Lifted(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /** A text all of which was one part of the original. */
    static Lifted whole(String text, int start, int end) {
        int[] starts = new int[text.length()];
        int[] ends = new int[text.length()];
        Arrays.fill(starts, start);
        Arrays.fill(ends, end);
        return new Lifted(text, starts, ends);
    }

    /** The same where the original is itself a reading. */
    Lifted within(Lifted outer) {
        int[] outerStarts = new int[text.length()];
        int[] outerEnds = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            outerStarts[i] = outer.start(starts[i], ends[i]);
            outerEnds[i] = outer.end(starts[i], ends[i]);
        }
        return new Lifted(text, outerStarts, outerEnds);
    }

    /** What it reads. */
    public String text() {
        return text;
    }

    /** Where in the original the part from {@code start} to {@code end} starts; the text may run backwards there. */
    public int start(int start, int end) {
        int first = starts[start];
        for (int i = start + 1; i < end; i++) first = Math.min(first, starts[i]);
        return first;
    }

    /** Where in the original the part from {@code start} to {@code end} ends. */
    public int end(int start, int end) {
        int last = ends[start];
        for (int i = start + 1; i < end; i++) last = Math.max(last, ends[i]);
        return last;
    }

    @Override
    public String toString() {
        return "Lifted[" + text.length() + " chars]";
    }
}
