// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros redact}. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = "Show what the policies do to a text before a model sees it.")
final class RedactCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A file, - for standard input, or the text itself where it has white space in it")
    private String source = "";

    @Option(names = "--policy", paramLabel = "NAME", description = "One policy; all that count where absent")
    private @Nullable String policy;

    @Option(names = "--team", description = "As for this team")
    private @Nullable String team;

    @Option(names = "--explain", description = "Show each find in its place, and why it is one")
    private boolean explain;

    @Option(names = "--color", paramLabel = "WHEN", description = "always, never or auto", defaultValue = "auto")
    private String colour = "auto";

    RedactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String text = text();
        ObjectNode body = AdminClient.object().put("text", text);
        if (policy != null) body.put("policy", policy);
        if (team != null) body.put("team", team);
        JsonNode shown = terminal.admin().post(AdminClient.path("redact"), body);
        if (form.isJson()) {
            terminal.print(AdminClient.pretty(shown));
            return Exit.OK;
        }
        Explained explained = new Explained(text, shown.path("findings"), isColoured());
        terminal.print(explain ? explained.marked() : shown.path("text").asString());
        if (shown.path("verdict").asString().equals("block")) terminal.print("A request with this would be refused.");
        terminal.out()
                .print(
                        explain
                                ? explained.lines()
                                : Table.of(
                                        shown.path("findings"),
                                        "type",
                                        "kind",
                                        "start",
                                        "end",
                                        "score",
                                        "action",
                                        "replacement"));
        return Exit.OK;
    }

    private String text() {
        if (source.isEmpty()) throw new CommandFailed(Exit.USAGE, "redact: no text (expected: a file, - or a text)");
        try {
            if (source.equals(STANDARD_INPUT)) return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            if (source.chars().anyMatch(Character::isWhitespace) && !isFile()) return source;
            return Files.readString(Path.of(source));
        } catch (NoSuchFileException e) {
            throw new CommandFailed(Exit.USAGE, "redact: no file " + source + " (expected: a file, - or a text)", e);
        } catch (IOException e) {
            throw new CommandFailed(Exit.FAILED, "redact: " + source + ": cannot be read as UTF-8", e);
        }
    }

    private boolean isFile() {
        try {
            return Files.exists(Path.of(source));
        } catch (InvalidPathException _) {
            return false; // no name of a file, so a text
        }
    }

    /** Colours are for people; see no-color.org. */
    private boolean isColoured() {
        return switch (colour) {
            case "always" -> true;
            case "auto" -> isTerminal() && terminal.variable("NO_COLOR", "").isEmpty();
            default -> false;
        };
    }

    @SuppressWarnings("SystemConsoleNull") // a runtime without the console's module has none
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
