// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/**
 * A piece of a template's source.
 *
 * @param text of a text or string its content, of a name or number its spelling, of an operator its sign
 * @param line where it stands, from 1
 */
record Token(Kind kind, String text, int line) {
    /** What a piece is. */
    enum Kind {
        TEXT,
        BLOCK_BEGIN,
        BLOCK_END,
        PRINT_BEGIN,
        PRINT_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind other, String spelling) {
        return kind == other && text.equals(spelling);
    }
}
