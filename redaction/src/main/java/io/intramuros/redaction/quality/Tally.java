// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

/**
 * What was found of one type.
 *
 * @param gold how many there were
 * @param predicted how many finds of the type there were, without those in texts whose makers did not mark the type
 * @param exact how many were found with exactly their bounds and type
 * @param covered how many were covered to the last letter by finds of any type
 */
public record Tally(int gold, int predicted, int exact, int covered) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(gold + other.gold, predicted + other.predicted, exact + other.exact, covered + other.covered);
    }

    /** Exact finds by all that there were, 0 to 1; 1 where there were none. */
    public double recall() {
        return share(exact, gold);
    }

    /** Exact finds by all finds, 0 to 1; 1 where there were none. */
    public double precision() {
        return share(exact, predicted);
    }

    /** The harmonic mean of recall and precision, 0 to 1. */
    public double f1() {
        return share(2 * exact, gold + predicted);
    }

    /** Those covered to the last letter by all, 0 to 1; the others leak. */
    public double full() {
        return share(covered, gold);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
