// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Prints what the gateway answered. */
final class Answer {
    private Answer() {}

    /** As JSON, or as a table that is made of it. */
    static int show(Terminal terminal, Form form, JsonNode answer, Function<JsonNode, Table> table) {
        if (form.isJson()) terminal.print(AdminClient.pretty(answer));
        else terminal.out().print(table.apply(answer));
        return Exit.OK;
    }
}
