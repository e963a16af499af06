// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intramuros nodes}. */
@Command(name = "nodes", mixinStandardHelpOptions = true, description = "List nodes, and whether they answer.")
final class NodesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    NodesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return list(form);
    }

    @Command(mixinStandardHelpOptions = true, description = "List nodes.")
    int list(@Mixin Form as) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("nodes")),
                all -> Table.of(all.path("nodes"), "name", "type", "zone", "url", "state", "models"));
    }
}
