// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Trains the models that this package ships: {@code Trainer --data FOLDER [--out FOLDER] [--lang en]...}. FOLDER holds the
 * development data ({@code train-LANG.jsonl.gz}, {@code train-synth.jsonl.gz}, {@code gazetteer.tsv.gz}); run in the module's
 * folder. Only sources whose licence lets a model be shipped are read, see {@link #SOURCES} and the NOTICE beside the models. Same data, same model.
 */
public final class Trainer {
    /** Prose by language; Italian has prompts alone. */
    private static final Map<Language, Set<String>> SOURCES = Map.of(
            Language.EN, Set.of("wikigold", "btc", "wnut17", "sec-filings", "presidio-synth", "uner-ewt"),
            Language.DE, Set.of("germeval2014"),
            Language.ES, Set.of("meddocan"),
            Language.FR, Set.of("europeana"),
            Language.NL, Set.of("europeana"),
            Language.PT, Set.of("lener-br", "uner-bosque"));

    private static final long SEED = 20261124;

    private final Path data;
    private final Path out;

    private Trainer(Path data, Path out) {
        this.data = data;
        this.out = out;
    }

    /** Trains; arguments as the class says. */
    public static void main(String[] args) throws IOException {
        Path out = Path.of("src/main/resources/io/intramuros/redaction/names");
        Path data = null;
        List<Language> languages = new ArrayList<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--data" -> data = Path.of(args[i + 1]);
                case "--out" -> out = Path.of(args[i + 1]);
                case "--lang" -> languages.add(Language.valueOf(args[i + 1].toUpperCase(Locale.ROOT)));
                default -> throw new IllegalArgumentException("arguments (expected: --data, --out, --lang)");
            }
        }
        if (data == null) throw new IllegalArgumentException("arguments (expected: --data FOLDER)");
        Trainer trainer = new Trainer(data, out);
        for (Language language : languages.isEmpty() ? List.of(Language.values()) : languages) trainer.train(language);
    }

    private void train(Language language) throws IOException {
        Clusters clusters = Models.clusters(language);
        Random random = new Random(SEED);
        List<Fitting.Token> tokens = new ArrayList<>();
        for (Annotated record : texts(language, random)) Samples.of(record, clusters, tokens);
        Path file = out.resolve("names-" + language.code() + ".bin");
        Files.write(file, ModelFile.of(language.code(), new Fitting(tokens).fit(SEED)));
        System.err.printf("%s: %d tokens, %d bytes%n", file, tokens.size(), Files.size(file));
    }

    private List<Annotated> texts(Language language, Random random) throws IOException {
        List<Annotated> texts = new ArrayList<>();
        Set<String> sources = SOURCES.getOrDefault(language, Set.of());
        if (!sources.isEmpty())
            for (Annotated record : Records.read(data.resolve("train-" + language.code() + ".jsonl.gz")))
                if (sources.contains(record.source())) texts.add(record);
        for (Annotated record : Records.read(data.resolve("train-synth.jsonl.gz")))
            if (record.lang().equals(language.code())) texts.add(record);
        texts.addAll(Templates.read(Path.of("training"), data, language.code()).texts(random));
        return texts;
    }
}
