// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import picocli.CommandLine.Option;

/** The form of what a command prints. */
final class Form {
    /** The forms. */
    enum Kind {
        table,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table (default) or json")
    private Kind kind = Kind.table;

    boolean isJson() {
        return kind == Kind.json;
    }
}
