// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

/** A schema that is wrong, that nothing can satisfy, or that asks for what a grammar cannot hold to. */
public final class UnsupportedSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnsupportedSchemaException(String path, String message) {
        super(message);
        this.path = path;
    }

    /** Where in the schema, as a path of keys from its root; empty for the root. */
    public String path() {
        return path;
    }

    /** The same for a schema that is part of a document. */
    UnsupportedSchemaException under(String place) {
        String reason = String.valueOf(getMessage());
        var whole = new UnsupportedSchemaException(path.isEmpty() ? place : place + "." + path, reason);
        whole.initCause(this);
        return whole;
    }
}
