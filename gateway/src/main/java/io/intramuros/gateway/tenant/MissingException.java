// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

/** There is none of this name. */
public final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * For something that was named.
     *
     * @param what its kind
     */
    public MissingException(String what, String id) {
        super(what + " \"" + id + "\": is not there (expected: one that exists)");
    }
}
