// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intramuros models}. */
@Command(name = "models", mixinStandardHelpOptions = true, description = "List models, and pull those of the node.")
final class ModelsCommand implements Callable<Integer> {
    /** Named, not referred to: nothing of the inference module is to be loaded here. */
    private static final String PULLER = "io.intramuros.inference.store.PullMain";

    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    ModelsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return list(form);
    }

    @Command(mixinStandardHelpOptions = true, description = "List the models that clients can ask for.")
    int list(@Mixin Form as) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("models")),
                all -> Table.of(all.path("models"), "name", "aliases", "capabilities", "context", "replicas"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Pull a model into the data folder, verified by its digest. The gateway itself never fetches.")
    int pull(
            @Parameters(paramLabel = "NAME", description = "As smollm2-135m-instruct") String name,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PULLER,
                "--data",
                (data == null ? terminal.data() : data).toString(),
                name);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new CommandFailed(Exit.FAILED, "the pull cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.FAILED, "interrupted", e);
        }
    }
}
