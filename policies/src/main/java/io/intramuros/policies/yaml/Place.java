// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

/**
 * Where something stands in a file.
 *
 * @param file the name that the reader was given, usually a path
 * @param line from 1
 * @param column from 1, in code points
 */
public record Place(String file, int line, int column) {
    public Place {
        if (line < 1) throw new IllegalArgumentException("line: " + line + " (expected: at least 1)");
        if (column < 1) throw new IllegalArgumentException("column: " + column + " (expected: at least 1)");
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
