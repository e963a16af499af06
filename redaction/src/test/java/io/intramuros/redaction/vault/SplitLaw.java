// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The law of streams: for every way of cutting a text, the parts that come out join to what the whole text must become.
 * What that is comes from the generator, not from what is tested.
 */
final class SplitLaw {
    private SplitLaw() {}

    /** What is tested: takes pieces, gives what is certain, and at the end the rest. */
    interface Passage {
        String accept(String piece);

        String finish();
    }

    /** A text and what it must become. */
    record Sample(String text, String expected) {}

    /** A way of cutting that breaks the law. */
    record Breach(Sample sample, String way, String said) {}

    /** What came of a check: how many ways were tried, and the first that broke the law. */
    record Verdict(long ways, Optional<Breach> breach) {}

    /** Tries every cut, every pair of cuts, every character by itself, and some random ways. */
    static Verdict check(Sample sample, Supplier<Passage> opened, Random random) {
        String text = sample.text();
        int length = text.length();
        long ways = 0;
        for (int first = 0; first <= length; first++) {
            for (int second = first; second <= length; second++) {
                ways++;
                Passage passage = opened.get();
                String said = passage.accept(text.substring(0, first))
                        + passage.accept(text.substring(first, second))
                        + passage.accept(text.substring(second))
                        + passage.finish();
                if (!said.equals(sample.expected()))
                    return new Verdict(ways, Optional.of(new Breach(sample, first + "," + second, said)));
            }
        }
        for (int most = 1; most < 12; most++) {
            ways++;
            String said = byPieces(text, opened.get(), most, random);
            if (!said.equals(sample.expected()))
                return new Verdict(ways, Optional.of(new Breach(sample, "pieces up to " + most, said)));
        }
        return new Verdict(ways, Optional.empty());
    }

    private static String byPieces(String text, Passage passage, int most, Random random) {
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(most));
            out.append(passage.accept(text.substring(from, to)));
            from = to;
        }
        return out.append(passage.finish()).toString();
    }
}
