// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

/** Hears how far a pull is. Calls come from the thread that pulls. */
@FunctionalInterface
public interface PullProgress {
    /** Hears nothing. */
    PullProgress SILENT = (stage, done, total) -> {};

    /**
     * So much of this stage is done.
     *
     * @param stage {@code download}, {@code unpack}, {@code join} or {@code convert}
     * @param done bytes done
     * @param total bytes in all; 0 where that is not known
     */
    void at(String stage, long done, long total);
}
