// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros projects}. */
@Command(
        name = "projects",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List and create the projects of a team.")
final class ProjectsCommand {
    private final Terminal terminal;

    ProjectsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the projects of a team.")
    int list(@Mixin Form as, @Option(names = "--team", required = true, description = "The team's id") String team) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("teams", team, "projects")),
                all -> Table.of(all.path("projects"), "id", "team", "name"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Create a project of a team.")
    int create(
            @Mixin Form as,
            @Option(names = "--team", required = true, description = "The team's id") String team,
            @Parameters(paramLabel = "ID", description = "1 to 40 of a-z, 0-9 and -") String id,
            @Option(names = "--name", description = "Its name; the id where absent") @Nullable String name) {
        ObjectNode project = AdminClient.object().put("id", id);
        if (name != null) project.put("name", name);
        return Answer.show(
                terminal,
                as,
                terminal.admin().post(AdminClient.path("teams", team, "projects"), project),
                Table::fields);
    }
}
