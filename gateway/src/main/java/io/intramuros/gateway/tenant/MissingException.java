// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.util.regex.Pattern;

/** There is none of this name. */
public final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;
    // A whole key that somebody pastes where its id belongs must not come back in a message.
    private static final Pattern SHOWN = Pattern.compile("(?!im[ak]_)[A-Za-z0-9._:/-]{1,81}");

    /**
     * For something that was named.
     *
     * @param what its kind
     */
    public MissingException(String what, String id) {
        super(what + (SHOWN.matcher(id).matches() ? " \"" + id + "\"" : "")
                + ": is not there (expected: one that exists)");
    }
}
