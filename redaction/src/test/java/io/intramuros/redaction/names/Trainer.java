// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Trains the models that this package ships: {@code Trainer --data FOLDER [--out FOLDER] [--lang en]...}. FOLDER holds the
 * development data ({@code train-LANG.jsonl.gz}, {@code train-synth.jsonl.gz}, {@code gazetteer.tsv.gz}); run in the module's
 * folder. Only sources whose licence lets a model be shipped are read, see {@link #SOURCES}. Same data, same model.
 */
public final class Trainer {
    static final Labels LABELS = new Labels(List.of(EntityType.PERSON, EntityType.LOCATION, EntityType.ORGANIZATION));
    /** Prose by language; Italian has prompts alone. */
    private static final Map<Language, Set<String>> SOURCES = Map.of(
            Language.EN, Set.of("wikigold", "btc", "wnut17", "sec-filings", "presidio-synth"),
            Language.DE, Set.of("germeval2014"),
            Language.ES, Set.of("meddocan"),
            Language.FR, Set.of("europeana"),
            Language.NL, Set.of("europeana"),
            Language.PT, Set.of("lener-br"));

    private static final int FEWEST = 2;
    private static final double SHRINK = 1e-4;
    private static final int EPOCHS = 9;
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
        List<ChainTraining.Sentence> sentences = new ArrayList<>();
        for (Annotated record : texts(language, random)) Samples.of(record, clusters, sentences);
        Chain chain = new ChainTraining(LABELS, sentences, FEWEST, SHRINK, EPOCHS).fit(SEED);
        Path file = out.resolve("names-" + language.code() + ".bin.gz");
        Files.write(file, packed(chain));
        System.err.printf("%s: %d sentences, %d bytes%n", file, sentences.size(), Files.size(file));
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

    private static byte[] packed(Chain chain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream packing = new DataOutputStream(new GZIPOutputStream(bytes))) {
            chain.write(packing);
        }
        byte[] packed = bytes.toByteArray();
        Arrays.fill(packed, 4, 8, (byte) 0);
        return packed;
    }
}
