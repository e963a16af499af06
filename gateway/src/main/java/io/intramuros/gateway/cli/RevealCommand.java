// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code intramuros reveal}. */
@Command(
        name = "reveal",
        mixinStandardHelpOptions = true,
        description = "Open what the action encrypt wrote for a team. Who does and why is recorded first.")
final class RevealCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Parameters(paramLabel = "TEXT", description = "The text with encrypted values in it")
    private String text = "";

    @Option(names = "--team", required = true, description = "The team whose key encrypted them")
    private String team = "";

    @Option(names = "--reason", required = true, description = "Why; it goes into the audit log")
    private String reason = "";

    RevealCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode shown = terminal.admin()
                .post(
                        AdminClient.path("reveal"),
                        AdminClient.object().put("text", text).put("team", team).put("reason", reason));
        terminal.print(
                form.isJson() ? AdminClient.pretty(shown) : shown.path("text").asString());
        return Exit.OK;
    }
}
