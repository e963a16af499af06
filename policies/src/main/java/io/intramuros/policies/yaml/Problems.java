// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The faults met so far, so that one run reports them all. Not safe for use by several threads. */
public final class Problems {
    /** More than this help nobody, and a hostile file could make millions. */
    private static final int MOST = 100;

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Takes one fault. The same fault at the same place counts once. */
    public void add(Place at, String message) {
        if (found.size() < MOST) found.add(new Problem(at, message));
    }

    /** The number of faults so far. */
    public int count() {
        return found.size();
    }

    /** The faults so far, in the order in which they were met. */
    public List<Problem> list() {
        return new ArrayList<>(found);
    }

    /** Ends the reading if anything was wrong. */
    public void throwIfAny() {
        if (!found.isEmpty()) throw new ConfigurationException(list());
    }
}
