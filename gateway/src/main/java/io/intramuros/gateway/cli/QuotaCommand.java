// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros quota}. */
@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Get and set the limits of a scope: org, team:T, project:T/P or key:ID.")
final class QuotaCommand {
    private static final Pattern LIMIT =
            Pattern.compile("([a-z]+)=([0-9.]+)(?:/([A-Za-z0-9]+))?(?:,burst=([0-9.]+))?(?:,model=(.+))?");

    private final Terminal terminal;

    QuotaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(mixinStandardHelpOptions = true, description = "Show the limits of a scope, or of all.")
    int get(
            @Mixin Form as,
            @Parameters(paramLabel = "SCOPE", arity = "0..1", defaultValue = "", description = "All where absent")
                    String scope) {
        String path = AdminClient.query(AdminClient.path("quotas"), Map.of("scope", scope));
        return Answer.show(terminal, as, terminal.admin().get(path), QuotaCommand::table);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Put limits in the place of all that a scope has.",
            footer = {
                "",
                "A LIMIT is UNIT=AMOUNT[/WINDOW][,burst=N][,model=NAME], with a unit of requests, tokens, concurrency or",
                "cost and a window of PT1S to PT1H, P1D or month; concurrency has none:",
                "  intramuros quota set team:payments requests=100/PT1M tokens=2000000/P1D concurrency=8"
            })
    int set(
            @Mixin Form as,
            @Parameters(paramLabel = "SCOPE", index = "0", description = "org, team:T, project:T/P or key:ID")
                    String scope,
            @Parameters(paramLabel = "LIMIT", index = "1..*", arity = "0..*", description = "As below")
                    List<String> limits,
            @Option(names = "--none", description = "Take every limit away") boolean none) {
        boolean given = limits != null && !limits.isEmpty();
        if (given == none) throw new CommandFailed(Exit.USAGE, "quota set: give limits, or --none to take all away");
        ObjectNode body = AdminClient.object().put("scope", scope);
        ArrayNode list = body.putArray("limits");
        if (given) limits.forEach(limit -> fill(limit, list.addObject()));
        return Answer.show(terminal, as, terminal.admin().put(AdminClient.path("quotas"), body), QuotaCommand::table);
    }

    private static void fill(String written, ObjectNode to) {
        Matcher limit = LIMIT.matcher(written);
        if (!limit.matches())
            throw new CommandFailed(
                    Exit.USAGE, "limit \"" + written + "\": not understood (expected: as requests=100/PT1M)");
        to.put("unit", limit.group(1)).put("amount", number(limit.group(2)));
        if (limit.group(3) != null) to.put("per", limit.group(3));
        if (limit.group(4) != null) to.put("burst", number(limit.group(4)));
        if (limit.group(5) != null) to.put("model", limit.group(5));
    }

    private static BigDecimal number(String written) {
        try {
            return new BigDecimal(written);
        } catch (NumberFormatException e) {
            throw new CommandFailed(Exit.USAGE, "limit: \"" + written + "\" is no number (expected: as 100)", e);
        }
    }

    private static Table table(JsonNode answer) {
        Table table = new Table("scope", "unit", "amount", "per", "burst", "model");
        if (answer.has("scope")) rows(answer, table);
        answer.path("quotas").forEach(quota -> rows(quota, table));
        return table;
    }

    private static void rows(JsonNode quota, Table table) {
        quota.path("limits")
                .forEach(limit -> table.row(
                        quota.path("scope").asString(),
                        limit.path("unit").asString(),
                        limit.path("amount").asString(),
                        limit.path("per").asString("-"),
                        limit.path("burst").asString("-"),
                        limit.path("model").asString("*")));
    }
}
