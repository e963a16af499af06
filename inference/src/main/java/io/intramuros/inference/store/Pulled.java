// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

/** What came of a pull. */
public sealed interface Pulled {
    /**
     * The model is there.
     *
     * @param model where
     * @param fresh whether this pull brought it; false where it was there already
     */
    record Ready(InstalledModel model, boolean fresh) implements Pulled {}

    /**
     * The model cannot be had now.
     *
     * @param reason one line for the operator
     */
    record Impossible(String reason) implements Pulled {}
}
