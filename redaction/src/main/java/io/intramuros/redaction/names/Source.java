// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** What a find rests on: the name of its detector and the confidence that it gives. */
enum Source {
    /** The words around it say what it is. */
    CONTEXT("name-context", 0.75),
    /** A given name and a surname of the lists, or a legal form, or a street with a number. */
    LISTED("name-list", 0.7),
    /** One word of the lists that is no ordinary word, or a second mention. */
    SINGLE("name-list", 0.6),
    /** A pair of which one half is known, or both are ordinary words too. */
    WEAK("name-list", 0.55);

    /** The detector's name for what a model saw; its score is the model's. */
    static final String MODEL = "name-model";

    private final String detector;
    private final double score;

    Source(String detector, double score) {
        this.detector = detector;
        this.score = score;
    }

    String detector() {
        return detector;
    }

    double score() {
        return score;
    }
}
