// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.util.ArrayList;
import java.util.List;

/** The door to what lifts disguises from a text: look-alikes, invisible characters, escapes, encodings. */
public final class Disguises {
    /** Base64 in base64 and so on, no deeper than this. */
    private static final int DEEPEST = 3;

    private Disguises() {}

    /** The other readings of a text, each with a map back to it; none for a text without disguise. */
    public static List<Lifted> lift(String text) {
        List<Lifted> readings = new ArrayList<>();
        PlainSpelling.of(text).ifPresent(readings::add);
        Base64Runs.find(text, run -> decoded(run, DEEPEST, readings));
        return readings;
    }

    private static void decoded(Lifted run, int depth, List<Lifted> readings) {
        readings.add(run);
        if (depth == 1) return;
        Base64Runs.find(run.text(), inner -> decoded(inner.within(run), depth - 1, readings));
    }
}
