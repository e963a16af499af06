// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code intramuros usage}. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "Show what was used, since the month began where nothing else is asked for.")
final class UsageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Option(
            names = {"--by", "--group-by"},
            defaultValue = "team,model",
            description = "Of team, project, key, model, hour (${DEFAULT-VALUE})")
    private String by = "";

    @Option(names = "--from", defaultValue = "", paramLabel = "MOMENT", description = "As 2031-05-01")
    private String from = "";

    @Option(names = "--to", defaultValue = "", paramLabel = "MOMENT", description = "As 2031-06-01T00:00:00Z")
    private String to = "";

    UsageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("groupBy", by);
        parameters.put("from", from);
        parameters.put("to", to);
        JsonNode usage = terminal.admin().get(AdminClient.query(AdminClient.path("usage"), parameters));
        return Answer.show(terminal, form, usage, UsageCommand::table);
    }

    private static Table table(JsonNode usage) {
        List<String> columns = new ArrayList<>();
        usage.path("groupBy").forEach(group -> columns.add(group.asString()));
        columns.addAll(List.of("requests", "refused", "tokens.in", "tokens.out", "cost"));
        return Table.of(usage.path("usage"), columns.toArray(String[]::new));
    }
}
