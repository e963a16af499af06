// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns records into what the training reads: the traits and labels of each sentence that the detector would hand to a model. */
final class Samples {
    private static final List<String> TYPES = List.of("PERSON", "LOCATION", "ORGANIZATION");

    private Samples() {}

    static void of(Annotated record, Clusters clusters, List<ChainTraining.Sentence> sentences) {
        Page page = new Page(record.text(), Lexicon.shipped());
        int[] labels = Labels.of(page.size(), spans(page, record));
        Traits traits = Traits.of(page, clusters);
        for (int[] piece : Sentences.of(page))
            sentences.add(new ChainTraining.Sentence(
                    traits.between(piece[0], piece[1]), whole(Arrays.copyOfRange(labels, piece[0], piece[1]))));
    }

    private static List<int[]> spans(Page page, Annotated record) {
        List<int[]> spans = new ArrayList<>();
        for (Annotated.Gold gold : record.spans()) {
            int from = page.tokenFrom(gold.start());
            int to = page.tokenFrom(gold.end());
            int type = TYPES.indexOf(gold.type());
            if (type >= 0 && to > from && !isRole(page, type, from, to)) spans.add(new int[] {from, to, type});
        }
        return spans;
    }

    /** Whether a source calls a role a person: {@code Lender}. */
    private static boolean isRole(Page page, int type, int from, int to) {
        return type == 0
                && !NameRun.any(page, from, to, -1, Lexicon.COMMON)
                && page.has(from, Lexicon.COMMON)
                && !NameRun.any(page, from, to, NameRun.NAMED, 0);
    }

    /** The labels of a sentence with the names that its ends cut made whole. */
    private static int[] whole(int[] labels) {
        int last = labels.length - 1;
        if (last < 0) return labels;
        if (!Labels.opens(labels[0])) labels[0] = part(labels[0], Labels.LAST, Labels.ONLY, Labels.FIRST);
        if (!Labels.closes(labels[last])) labels[last] = part(labels[last], Labels.FIRST, Labels.ONLY, Labels.LAST);
        return labels;
    }

    private static int part(int label, int edge, int ifEdge, int otherwise) {
        return Labels.of(Labels.type(label), Labels.part(label) == edge ? ifEdge : otherwise);
    }
}
