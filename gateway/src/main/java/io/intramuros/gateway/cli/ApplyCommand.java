// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.policies.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Bring teams, projects and limits to what a file says. What the file does not name stays as it is.",
        footer = {
            "",
            "The file:",
            "  apiVersion: intramuros.io/v1",
            "  kind: Tenants",
            "  teams:",
            "    - { id: payments, name: Payments, projects: [ { id: app } ] }",
            "  quotas:",
            "    - scope: team:payments",
            "      limits: [ { unit: requests, amount: 100, per: PT1M }, { unit: concurrency, amount: 8 } ]"
        })
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The file")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Show the difference and change nothing")
    private boolean dryRun;

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TenantsFile wanted = read();
        AdminClient admin = terminal.admin();
        TenantsDiff diff = TenantsDiff.of(wanted, admin);
        ObjectNode answer = AdminClient.object();
        ArrayNode changes = answer.putArray("changes");
        diff.changes().forEach(change -> changes.add(change.says()));
        if (!form.isJson()) {
            diff.changes().forEach(change -> terminal.print(change.says()));
            if (diff.changes().isEmpty()) terminal.print("Nothing differs.");
        }
        if (!dryRun) diff.changes().forEach(change -> change.make(admin));
        answer.put("applied", !dryRun);
        if (form.isJson()) terminal.print(AdminClient.pretty(answer));
        return Exit.OK;
    }

    private TenantsFile read() {
        try {
            return TenantsFile.read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailed(
                    Exit.USAGE, file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        } catch (ConfigurationException e) {
            throw new CommandFailed(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
