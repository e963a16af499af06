// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.plan.MemoryPlan;
import io.intramuros.inference.plan.PlanText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks after the models on disk: {@code import}, {@code ls}, {@code show}, {@code rm}, {@code plan}. Exit status 0 when
 * it is done, 3 when it cannot be, 2 for a wrong command line, 1 when the disk fails.
 */
public final class ModelsMain {
    private static final String USAGE = "usage: --data DIR [--json] import PATH [NAME] | ls | show NAME | rm NAME"
            + " | plan NAME|PATH [--context N] [--users N] [--gpu 24GiB]";
    private static final int DONE = 0;
    private static final int DISK = 1;
    private static final int WRONG = 2;
    private static final int IMPOSSIBLE = 3;

    private final ModelStore store;
    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;

    private ModelsMain(ModelStore store, boolean json, PrintStream out, PrintStream err) {
        this.store = store;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say and ends. */
    public static void main(String... arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean json = arguments.contains("--json");
        List<String> words =
                arguments.stream().filter(word -> !word.equals("--json")).toList();
        if (words.size() < 3 || !words.getFirst().equals("--data")) {
            err.println(USAGE);
            return WRONG;
        }
        try {
            var main = new ModelsMain(ModelStore.open(Path.of(words.get(1))), json, out, err);
            return main.run(words.get(2), words.subList(3, words.size()));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return WRONG;
        } catch (IOException e) {
            err.println(e.getMessage());
            return DISK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DISK;
        }
    }

    private int run(String verb, List<String> rest) throws IOException, InterruptedException {
        int most = switch (verb) {
            case "ls" -> 0;
            case "show", "rm" -> 1;
            case "import" -> 2;
            case "plan" -> 7;
            default -> throw new IllegalArgumentException(USAGE);
        };
        if (rest.size() > most || (most > 0 && rest.isEmpty())) {
            throw new IllegalArgumentException(USAGE);
        }
        return switch (verb) {
            case "ls" -> list();
            case "show" -> show(rest.getFirst());
            case "rm" -> remove(rest.getFirst());
            case "import" -> take(Path.of(rest.getFirst()), rest);
            default -> plan(rest.getFirst(), rest.subList(1, rest.size()));
        };
    }

    private int take(Path path, List<String> rest) throws IOException, InterruptedException {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(
                    "path: nothing there (expected: a GGUF file or a folder of safetensors)");
        }
        String name = rest.size() == 2 ? rest.getLast() : name(path);
        return switch (store.take(name, path, new ProgressLines(err, name))) {
            case Pulled.Ready(var model, var _) -> {
                print(model, store.facts(model));
                yield DONE;
            }
            case Pulled.Impossible(var reason) -> {
                err.println(reason);
                yield IMPOSSIBLE;
            }
        };
    }

    /** The name that a file gives itself, or else that of the file. */
    private static String name(Path path) throws IOException {
        if (ModelKind.of(path) == ModelKind.GGUF) {
            try (GgufFile file = GgufFile.open(path)) {
                Optional<String> name = ModelFacts.of(file).name();
                if (name.isPresent()) {
                    return name.get();
                }
            }
        }
        String file = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        return file.toLowerCase(Locale.ROOT)
                .replaceFirst("\\.(gguf|whl|zip)$", "")
                .replaceAll("[^a-z0-9._-]+", "-");
    }

    private int list() throws IOException {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        for (InstalledModel model : store.list()) {
            ObjectNode node = node(model, store.facts(model));
            if (json) {
                all.add(node);
            } else {
                out.printf(
                        Locale.ROOT,
                        "%-32s %-8s %9.1f MB  %-20s %s%n",
                        model.name(),
                        node.path("architecture").asString(),
                        model.bytes() / 1e6,
                        node.path("types").asString(),
                        node.path("license").asString());
            }
        }
        if (json) {
            out.println(all);
        }
        return DONE;
    }

    private int show(String name) throws IOException {
        Optional<InstalledModel> model = store.installed(name);
        if (model.isEmpty()) {
            return absent();
        }
        print(model.get(), store.facts(model.get()));
        return DONE;
    }

    private int remove(String name) throws IOException {
        if (!store.remove(name)) {
            return absent();
        }
        out.println(json ? "{\"removed\":true}" : name + " removed");
        return DONE;
    }

    private int plan(String what, List<String> options) throws IOException {
        Optional<InstalledModel> model = store.installed(what);
        Path path = model.map(InstalledModel::gguf).orElseGet(() -> Path.of(what));
        if (!Files.isRegularFile(path) || ModelKind.of(path) != ModelKind.GGUF) {
            return absent();
        }
        MemoryPlan.Wish wish = MemoryPlan.Wish.of(options);
        try (GgufFile file = GgufFile.open(path)) {
            MemoryPlan plan = MemoryPlan.of(file, wish);
            out.print(json ? PlanText.json(plan) + "\n" : PlanText.of(what, plan));
        }
        return DONE;
    }

    private int absent() {
        err.println("model: not installed (expected: one that models ls names, or a GGUF file)");
        return IMPOSSIBLE;
    }

    private void print(InstalledModel model, ModelFacts facts) {
        ObjectNode node = node(model, facts);
        if (json) {
            out.println(node);
        } else {
            node.properties()
                    .forEach(entry -> out.printf(
                            Locale.ROOT,
                            "%-14s %s%n",
                            entry.getKey(),
                            entry.getValue().asString()));
        }
    }

    private static ObjectNode node(InstalledModel model, ModelFacts facts) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", model.name())
                .put("title", facts.title())
                .put("architecture", facts.architecture())
                .put("weights", facts.weights())
                .put("types", facts.types())
                .put("context", facts.context())
                .put("license", facts.license().isEmpty() ? "not stated in the file" : facts.license())
                .put("bytes", model.bytes())
                .put("sha256", model.sha256());
    }
}
