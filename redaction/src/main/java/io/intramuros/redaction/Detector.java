// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.function.Consumer;

/**
 * Finds entities of one or more types in a text. Safe for use by several threads at once. Findings may overlap each
 * other and those of other detectors; {@link Redactor} resolves that.
 */
public interface Detector {
    /** The name that its findings carry, in lower case: {@code pattern}, {@code opennlp}. */
    String name();

    /**
     * Hands every find in {@code text} to {@code found}, in any order.
     *
     * @param text any text, the empty one too
     */
    void find(String text, Consumer<Finding> found);
}
