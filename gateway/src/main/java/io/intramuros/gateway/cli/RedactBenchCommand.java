// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.quality.Score;
import io.intramuros.redaction.quality.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros redact bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the built-in detectors on texts whose personal data is known, without a gateway.",
            "Read are, in the folder and in those below it, all files *.jsonl and *.jsonl.gz but train*",
            "(one object a line: text, lang, source, spans of start, end and type), identifiers*.tsv and evasion*.tsv."
        })
final class RedactBenchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Form form = new Form();

    @Parameters(paramLabel = "DIR", description = "The folder")
    private Path folder = Path.of(".");

    RedactBenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Detector> detectors = new ArrayList<>(Patterns.detectors());
        detectors.addAll(Names.detectors());
        BenchFiles bench = new BenchFiles(Redactor.of(detectors));
        ObjectNode answer = AdminClient.object();
        ArrayNode sets = answer.putArray("sets");
        ArrayNode checks = answer.putArray("checks");
        for (Path file : files()) read(bench, file, sets, checks);
        if (sets.isEmpty() && checks.isEmpty())
            throw new CommandFailed(
                    Exit.FAILED, folder + ": no sets (expected: *.jsonl, identifiers*.tsv, evasion*.tsv)");
        if (form.isJson()) terminal.print(AdminClient.pretty(answer));
        else print(answer);
        return Exit.OK;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(BenchFiles::isSet).sorted().toList();
        } catch (IOException e) {
            throw new CommandFailed(Exit.FAILED, folder + ": not to be read (expected: a folder)", e);
        }
    }

    private static void read(BenchFiles bench, Path file, ArrayNode sets, ArrayNode checks) {
        String name = String.valueOf(file.getFileName());
        try {
            if (name.endsWith(".tsv")) {
                checks.add(name.startsWith("evasion") ? bench.evasions(file) : bench.identifiers(file));
                return;
            }
            bench.scores(file).forEach((lang, score) -> sets.add(set(name, lang, score)));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new CommandFailed(Exit.FAILED, file + ": not to be read (expected: as --help says)", e);
        }
    }

    private static ObjectNode set(String file, String lang, Score score) {
        ObjectNode set = AdminClient.object().put("file", file).put("lang", lang);
        set.put("chars", score.chars()).put("overMasking", round(score.overMasking()));
        ArrayNode types = set.putArray("types");
        score.types().forEach((type, tally) -> types.add(row(type, tally)));
        types.add(row("NAMES", score.total("PERSON", "LOCATION", "ORGANIZATION")));
        types.add(row("ALL", score.total()));
        return set;
    }

    private static ObjectNode row(String type, Tally tally) {
        return AdminClient.object()
                .put("type", type)
                .put("gold", tally.gold())
                .put("found", tally.predicted())
                .put("recall", round(tally.recall()))
                .put("precision", round(tally.precision()))
                .put("f1", round(tally.f1()))
                .put("full", round(tally.full()));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private void print(ObjectNode answer) {
        answer.path("sets").forEach(set -> {
            terminal.print(String.format(
                    Locale.ROOT,
                    "%s, %s: %,d characters, %.1f of 1,000 masked in vain",
                    set.path("file").asString(),
                    set.path("lang").asString(),
                    set.path("chars").asLong(),
                    set.path("overMasking").asDouble()));
            terminal.out()
                    .println(Table.of(set.path("types"), "type", "gold", "found", "recall", "precision", "f1", "full"));
        });
        if (!answer.path("checks").isEmpty())
            terminal.out().print(Table.of(answer.path("checks"), "file", "hidden", "found", "wrong", "missed"));
    }
}
