// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.Arrays;
import java.util.List;

/**
 * The labels that a model gives to tokens: none, and for each type first, inner, last and only token of a name (BILOU).
 *
 * @param types in the order of their labels
 */
record Labels(List<EntityType> types) {
    /** A token outside of all names. */
    static final int NONE = 0;

    static final int FIRST = 0;
    static final int INNER = 1;
    static final int LAST = 2;
    static final int ONLY = 3;
    private static final int PARTS = 4;

    Labels {
        types = List.copyOf(types);
    }

    /** The number of labels. */
    int size() {
        return 1 + PARTS * types.size();
    }

    /** The label of a part of a name. */
    static int of(int type, int part) {
        return 1 + PARTS * type + part;
    }

    /** The number of the type of a label other than {@link #NONE}. */
    static int type(int label) {
        return (label - 1) / PARTS;
    }

    /** The part of a name that a label other than {@link #NONE} stands for. */
    static int part(int label) {
        return (label - 1) % PARTS;
    }

    /** Whether a sentence may end, or another name or none begin, after {@code label}. */
    static boolean closes(int label) {
        return label == NONE || part(label) >= LAST;
    }

    /** Whether {@code label} may stand at the beginning of a sentence or after the end of a name. */
    static boolean opens(int label) {
        return label == NONE || part(label) == FIRST || part(label) == ONLY;
    }

    /** Whether {@code next} may follow {@code label}. */
    static boolean follows(int label, int next) {
        if (closes(label)) return opens(next);
        return !opens(next) && type(label) == type(next);
    }

    /** The labels of a text in which {@code spans} (first token, token after the last, type) are the names. */
    static int[] of(int tokens, List<int[]> spans) {
        int[] labels = new int[tokens];
        for (int[] span : spans) {
            if (span[1] - span[0] == 1) {
                labels[span[0]] = of(span[2], ONLY);
                continue;
            }
            Arrays.fill(labels, span[0], span[1], of(span[2], INNER));
            labels[span[0]] = of(span[2], FIRST);
            labels[span[1] - 1] = of(span[2], LAST);
        }
        return labels;
    }
}
