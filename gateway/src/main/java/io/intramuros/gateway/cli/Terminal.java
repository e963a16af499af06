// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param environment variables by name
 */
record Terminal(Map<String, String> environment, PrintStream out, PrintStream err) {
    Terminal {
        environment = Map.copyOf(environment);
    }

    static Terminal ofProcess() {
        return new Terminal(System.getenv(), System.out, System.err);
    }

    /** A variable; what it is where nothing or an empty text is given. */
    String variable(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** The gateway's data folder, as far as this process can tell. */
    Path data() {
        return Path.of(variable("INTRAMUROS_DATA", "data"));
    }

    AdminClient admin() {
        return AdminClient.of(this);
    }

    void print(String line) {
        out.println(line);
    }

    void error(String line) {
        err.println("intramuros: " + line);
    }

    PrintWriter writer() {
        return writer(out);
    }

    PrintWriter errorWriter() {
        return writer(err);
    }

    private static PrintWriter writer(OutputStream to) {
        return new PrintWriter(to, true, StandardCharsets.UTF_8);
    }
}
