// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros redact}. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = "Show what the policies do to a text before a model sees it.")
final class RedactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "The text")
    private @Nullable String text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--policy", paramLabel = "NAME", description = "One policy; all that count where absent")
    private @Nullable String policy;

    @Option(names = "--team", description = "As for this team")
    private @Nullable String team;

    RedactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (text == null) throw new ParameterException(spec.commandLine(), "no text");
        ObjectNode body = AdminClient.object().put("text", text);
        if (policy != null) body.put("policy", policy);
        if (team != null) body.put("team", team);
        JsonNode shown = terminal.admin().post(AdminClient.path("redact"), body);
        if (!form.isJson()) {
            terminal.print(shown.path("text").asString());
            if (shown.path("verdict").asString().equals("block"))
                terminal.print("A request with this would be refused.");
        }
        return Answer.show(
                terminal,
                form,
                shown,
                answer -> Table.of(
                        answer.path("findings"), "type", "kind", "start", "end", "score", "action", "replacement"));
    }
}
