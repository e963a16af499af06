// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Create, list, rotate and revoke API keys.")
final class KeysCommand {
    private final Terminal terminal;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What a new key is to be. */
    static final class Wanted {
        @Option(names = "--team", required = true, description = "The team's id")
        private String team = "";

        @Option(names = "--project", defaultValue = "default", description = "The project's id (${DEFAULT-VALUE})")
        private String project = "";

        @Option(names = "--name", description = "What it is for")
        private @Nullable String name;

        @Option(names = "--expires", paramLabel = "DURATION", description = "As P30D; never where absent")
        private @Nullable String expires;

        @Option(names = "--models", split = ",", paramLabel = "GLOB", description = "The models that it may use; all")
        private List<String> models = List.of();

        ObjectNode body() {
            ObjectNode body = AdminClient.object().put("team", team).put("project", project);
            if (name != null) body.put("name", name);
            if (expires != null) body.put("expiresIn", expires);
            if (!models.isEmpty()) models.forEach(body.putArray("models")::add);
            return body;
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Create a key; it is shown this once.")
    int create(@Mixin Form as, @Mixin Wanted wanted) {
        return show(as, terminal.admin().post(AdminClient.path("keys"), wanted.body()));
    }

    @Command(mixinStandardHelpOptions = true, description = "List keys, newest first; no secret is shown.")
    int list(
            @Mixin Form as,
            @Option(names = "--team", defaultValue = "", description = "Of this team alone") String team,
            @Option(names = "--project", defaultValue = "", description = "Of this project alone") String project) {
        String path = AdminClient.query(AdminClient.path("keys"), Map.of("team", team, "project", project));
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(path),
                all -> Table.of(
                        all.path("keys"), "id", "team", "project", "name", "models", "state", "expiresAt", "usedAt"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Give a key another secret; the old one counts for 24 hours more.")
    int rotate(@Mixin Form as, @Parameters(paramLabel = "ID", description = "The key's id") String id) {
        return show(as, terminal.admin().post(AdminClient.path("keys", id, "rotate")));
    }

    @Command(mixinStandardHelpOptions = true, description = "End a key: within a second no gateway takes it.")
    int revoke(@Mixin Form as, @Parameters(paramLabel = "ID", description = "The key's id") String id) {
        terminal.admin().delete(AdminClient.path("keys", id));
        JsonNode answer = AdminClient.object().put("id", id).put("state", "revoked");
        return Answer.show(terminal, as, answer, Table::fields);
    }

    private int show(Form as, JsonNode key) {
        Answer.show(terminal, as, key, Table::fields);
        if (!as.isJson()) terminal.print("The key is shown this once, and never stored in clear.");
        return Exit.OK;
    }
}
