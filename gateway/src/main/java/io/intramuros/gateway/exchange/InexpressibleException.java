// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** A request asks for what the node that is to answer it has no words for. Nothing is ever left out in silence. */
public final class InexpressibleException extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * For a field of the request.
     *
     * @param field its path in the caller's body, as {@code messages[0].images}
     * @param why a clause that goes on from the field's name; never a text of the caller's
     */
    public InexpressibleException(String field, String why) {
        super("\"" + field + "\" " + why);
        this.field = field;
    }

    /** The refusal that the caller gets. */
    public Refusal refusal() {
        return Refusal.invalid(field, getMessage() + ".");
    }
}
