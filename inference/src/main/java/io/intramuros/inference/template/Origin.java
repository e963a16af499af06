// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.Arrays;

/**
 * Which parts of a text the template wrote itself and which came with the conversation. Borders at which it changes,
 * ascending, in chars; before the first the text is the template's.
 */
final class Origin {
    /** Wholly the template's. */
    static final Origin TEMPLATE = new Origin();
    /** Wholly the conversation's. */
    static final Origin CONVERSATION = new Origin(0);

    private final int[] borders;

    private Origin(int... borders) {
        this.borders = borders;
    }

    /** Whether all chars of a range are the template's own. */
    boolean ownsAll(int from, int to) {
        int crossed = crossed(from);
        return (crossed & 1) == 0 && (crossed == borders.length || borders[crossed] >= to);
    }

    boolean isTemplate() {
        return borders.length == 0;
    }

    /** The origin of a part. */
    Origin part(int from, int to) {
        if (borders.length == 0 || (borders.length == 1 && borders[0] == 0)) {
            return this;
        }
        int[] out = new int[borders.length + 1];
        int count = 0;
        int crossed = crossed(from);
        if ((crossed & 1) == 1) {
            out[count++] = 0;
        }
        for (int i = crossed; i < borders.length && borders[i] < to; i++) {
            out[count++] = borders[i] - from;
        }
        return of(out, count);
    }

    /** Where everything that is not wholly the template's counts as the conversation's. */
    Origin coarse() {
        return isTemplate() ? TEMPLATE : CONVERSATION;
    }

    /** How many borders lie at or before a place. */
    private int crossed(int at) {
        int found = Arrays.binarySearch(borders, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static Origin of(int[] borders, int count) {
        return count == 0 ? TEMPLATE : new Origin(Arrays.copyOf(borders, count));
    }

    /** Gathers a text piece by piece with its origin. */
    static final class Gathered {
        private final StringBuilder text = new StringBuilder();
        private int[] borders = new int[8];
        private int count;

        Gathered add(Value.Str piece) {
            int base = text.length();
            String value = piece.text();
            if (value.isEmpty()) {
                return this;
            }
            int[] inner = piece.origin().borders;
            boolean conversation = inner.length > 0 && inner[0] == 0;
            if (conversation != ((count & 1) == 1)) {
                border(base);
            }
            for (int i = conversation ? 1 : 0; i < inner.length && inner[i] < value.length(); i++) {
                border(base + inner[i]);
            }
            text.append(value);
            return this;
        }

        int length() {
            return text.length();
        }

        Value.Str done() {
            return new Value.Str(text.toString(), of(borders, count), false);
        }

        private void border(int at) {
            if (count == borders.length) {
                borders = Arrays.copyOf(borders, 2 * count);
            }
            borders[count++] = at;
        }
    }
}
