// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intramuros plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Say how much memory a model takes, and how many users fit, before anything is loaded.")
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Parameters(paramLabel = "MODEL", description = "A name that models ls lists, or a GGUF file")
    private String model = "";

    @Option(names = "--context", paramLabel = "N", description = "Tokens per user, prompt and answer together")
    private @Nullable Long context;

    @Option(names = "--users", paramLabel = "N", description = "Users at once (1)")
    private @Nullable Integer users;

    @Option(names = "--gpu", paramLabel = "SIZE", description = "The card's memory, as 24GiB; without it, a CPU")
    private @Nullable String gpu;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder")
    private @Nullable Path data;

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>(form.isJson() ? List.of("--json", "plan", model) : List.of("plan", model));
        add(words, "--context", context);
        add(words, "--users", users);
        add(words, "--gpu", gpu);
        return new ModelProcess(terminal, data).run(ModelProcess.KEEPER, words);
    }

    private static void add(List<String> words, String name, @Nullable Object value) {
        if (value != null) words.addAll(List.of(name, value.toString()));
    }
}
