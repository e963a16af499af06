// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * Trains the models that this package ships: {@code Trainer --data FOLDER [--out FOLDER] [--lang en]...}. FOLDER holds the
 * development data ({@code train-LANG.jsonl.gz}, {@code train-synth.jsonl.gz}, {@code gazetteer.tsv.gz}); run in the module's
 * folder. Only sources whose licence lets a model be shipped are read, see {@link #SOURCES}. Same data, same weights (the file also holds the time of training).
 */
public final class Trainer {
    private static final Map<String, Set<String>> SOURCES = Map.of(
            "en", Set.of("wikigold", "btc", "wnut17", "sec-filings", "presidio-synth"),
            "de", Set.of("germeval2014"),
            "es", Set.of("meddocan"));
    private static final int ITERATIONS = 30;
    private static final int CUTOFF = 1;
    private static final long SEED = 20261124;
    /** Of pieces without a name, one in this many is kept where a source has far more of them than of others. */
    private static final int KEEP_EMPTY = 4;

    private final Path data;
    private final Path out;

    private Trainer(Path data, Path out) {
        this.data = data;
        this.out = out;
    }

    /** Trains; arguments as the class says. */
    public static void main(String[] args) throws IOException {
        List<String> arguments = Arrays.asList(args);
        Path out = Path.of("src/main/resources/io/intramuros/redaction/names");
        List<String> languages = new ArrayList<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (args[i].equals("--out")) out = Path.of(args[i + 1]);
            if (args[i].equals("--lang")) languages.add(args[i + 1]);
        }
        int at = arguments.indexOf("--data");
        if (at < 0)
            throw new IllegalArgumentException("arguments (expected: --data FOLDER [--out FOLDER] [--lang LANG]...)");
        Trainer trainer = new Trainer(Path.of(args[at + 1]), out);
        for (String language : languages.isEmpty() ? List.of("en", "de", "es") : languages) trainer.train(language);
    }

    private void train(String language) throws IOException {
        List<NameSample> samples = new ArrayList<>();
        Random random = new Random(SEED);
        for (Annotated record : Records.read(data.resolve("train-" + language + ".jsonl.gz"))) {
            if (SOURCES.getOrDefault(language, Set.of()).contains(record.source())) add(record, samples, random);
        }
        int prose = samples.size();
        for (Annotated record : Records.read(data.resolve("train-synth.jsonl.gz"))) {
            if (record.lang().equals(language)) Samples.of(record, samples);
        }
        for (Annotated record :
                Templates.read(Path.of("training"), data, language).texts(random)) Samples.of(record, samples);
        Collections.shuffle(samples, random);
        System.err.printf("%s: %d pieces of prose, %d of prompts%n", language, prose, samples.size() - prose);
        write(language, samples);
    }

    private static void add(Annotated record, List<NameSample> samples, Random random) {
        List<NameSample> pieces = new ArrayList<>();
        Samples.of(record, pieces);
        boolean sparse = record.source().equals("meddocan");
        for (NameSample piece : pieces) {
            if (piece.getNames().length > 0 || !sparse || random.nextInt(KEEP_EMPTY) == 0) samples.add(piece);
        }
    }

    private void write(String language, List<NameSample> samples) throws IOException {
        NameFactory.register();
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "PERCEPTRON");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, CUTOFF);
        parameters.put(BeamSearch.BEAM_SIZE_PARAMETER, 2);
        TokenNameFinderModel model = NameFinderME.train(
                language, null, ObjectStreamUtils.createObjectStream(samples), parameters, new NameFactory());
        Path file = out.resolve("names-" + language + ".bin");
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
            model.serialize(stream);
        }
        System.err.printf("%s: %d bytes%n", file, Files.size(file));
    }
}
