// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros teams}. */
@Command(name = "teams", mixinStandardHelpOptions = true, description = "List and create teams.")
final class TeamsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    TeamsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return list(form);
    }

    @Command(mixinStandardHelpOptions = true, description = "List every team.")
    int list(@Mixin Form as) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("teams")),
                all -> Table.of(all.path("teams"), "id", "name"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Create a team, and its project \"default\".")
    int create(
            @Mixin Form as,
            @Parameters(paramLabel = "ID", description = "1 to 40 of a-z, 0-9 and -") String id,
            @Option(names = "--name", description = "Its name; the id where absent") @Nullable String name) {
        ObjectNode team = AdminClient.object().put("id", id);
        if (name != null) team.put("name", name);
        return Answer.show(terminal, as, terminal.admin().post(AdminClient.path("teams"), team), Table::fields);
    }
}
