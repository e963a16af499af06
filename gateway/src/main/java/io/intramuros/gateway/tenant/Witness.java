// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

/**
 * Sees a change before it counts, within its transaction: where the witness throws, nothing has changed. So no change is
 * made that could not be recorded.
 *
 * @param <T> what is changed
 */
@FunctionalInterface
public interface Witness<T> {
    /** Sees nothing. */
    Witness<Object> NOBODY = _ -> {};

    /** What is about to count. */
    void sees(T changed);
}
