// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds entities of one or more types in a text. Safe for use by several threads at once. Findings may overlap each
 * other and those of other detectors; {@link Redactor} resolves that.
 */
public interface Detector {
    /** The name that its findings carry, in lower case: {@code pattern}, {@code name-model}. */
    String name();

    /**
     * Hands every find in {@code text} to {@code found}, in any order.
     *
     * @param text any text, the empty one too
     */
    void find(String text, Consumer<Finding> found);

    /** The types that it can find. */
    default Set<EntityType> types() {
        return EnumSet.allOf(EntityType.class);
    }

    /**
     * This detector for somebody who wants {@code types} alone: it may still find others, but need not. Empty where it
     * finds none of them, so that nobody pays for what nobody asks.
     */
    default Optional<Detector> only(Set<EntityType> types) {
        return Collections.disjoint(types(), types) ? Optional.empty() : Optional.of(this);
    }

    /**
     * A first look, much cheaper than {@link #find}: whether a find in {@code text} may end after {@code from}. A detector
     * that says no would find nothing there; one that cannot tell says yes.
     */
    default boolean mayFind(String text, int from) {
        return true;
    }
}
