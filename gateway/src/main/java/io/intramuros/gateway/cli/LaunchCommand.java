// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intramuros launch}: the settings that a client needs. The key itself stands in none of them. */
@Command(
        name = "launch",
        mixinStandardHelpOptions = true,
        description = "Print what a client needs to use this gateway; without a client, list those there are.",
        footer = {"", "The key is taken from the variable INTRAMUROS_KEY, so that it stands in no file."})
final class LaunchCommand implements Callable<Integer> {
    private static final List<String> CLIENTS = List.of(
            "curl",
            "openai-python",
            "openai-node",
            "openai-java",
            "anthropic-python",
            "anthropic-java",
            "ollama-python",
            "ollama-js",
            "langchain4j",
            "spring-ai",
            "continue",
            "open-webui",
            "claude-code",
            "codex");

    private static final String TRIED = "tried: ";

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "CLIENT", description = "one of the list")
    private String client = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "where the gateway answers (default http://127.0.0.1:8080)")
    private String url = "http://127.0.0.1:8080";

    @Option(names = "--model", paramLabel = "NAME", description = "the model to ask for (default: default)")
    private String model = "default";

    @Option(names = "--write", paramLabel = "FILE", description = "write to a new file instead")
    private @Nullable Path file;

    LaunchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (client.isEmpty()) {
            CLIENTS.forEach(name -> terminal.print("%-17s %s".formatted(name, tried(name))));
            return Exit.OK;
        }
        if (!CLIENTS.contains(client))
            throw new CommandFailed(
                    Exit.USAGE, client + ": no such client (expected: one of " + String.join(", ", CLIENTS) + ")");
        String settings = settings();
        Path to = file;
        if (to == null) {
            settings.lines().forEach(terminal::print);
            terminal.print("");
            terminal.print(TRIED + tried(client));
        } else {
            write(to, settings);
        }
        return Exit.OK;
    }

    private String settings() {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        String text = text(client);
        return text.substring(text.indexOf('\n') + 1).replace("${url}", base).replace("${model}", model);
    }

    private void write(Path to, String settings) {
        try {
            Files.writeString(to, settings, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new CommandFailed(
                    Exit.FAILED, to + ": cannot be written anew (expected: a file that is not there)", e);
        }
        terminal.print(to + " written");
    }

    private static String tried(String name) {
        return text(name).lines().findFirst().orElse("").substring(TRIED.length());
    }

    private static String text(String name) {
        try (InputStream in = LaunchCommand.class.getResourceAsStream("launch/" + name + ".txt")) {
            if (in == null) throw new IllegalStateException(name + ": no settings (expected: a resource)");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
