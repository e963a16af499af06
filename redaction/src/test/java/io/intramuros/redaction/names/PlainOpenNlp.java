// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Span;
import opennlp.tools.util.TrainingParameters;

/**
 * The yardstick: OpenNLP's name finder with its own features, trained on the same prose and judged on the development set:
 * {@code PlainOpenNlp FOLDER LANG SOURCE,SOURCE…}.
 */
public final class PlainOpenNlp {
    private static final Set<String> TYPES = Set.of("PERSON", "LOCATION", "ORGANIZATION");

    private PlainOpenNlp() {}

    /** Trains and prints exact recall, precision and F1 of persons, places and organisations together. */
    public static void main(String[] args) throws IOException {
        Path data = Path.of(args[0]);
        Set<String> sources = Set.of(args[2].split(",", -1));
        List<NameSample> samples = new ArrayList<>();
        for (Annotated record : Records.read(data.resolve("train-" + args[1] + ".jsonl.gz")))
            if (sources.contains(record.source())) of(record, samples);
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "PERCEPTRON");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, 30);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 0);
        TokenNameFinderModel model = NameFinderME.train(
                args[1],
                null,
                ObjectStreamUtils.createObjectStream(samples),
                parameters,
                new TokenNameFinderFactory(null, Map.of(), new BilouCodec()));
        judge(new NameFinderME(model), Records.read(data.resolve("dev-" + args[1] + ".jsonl.gz")));
    }

    private static void judge(NameFinderME finder, List<Annotated> records) {
        int gold = 0;
        int found = 0;
        int right = 0;
        for (Annotated record : records) {
            Page page = new Page(record.text(), Lexicon.shipped());
            Set<Annotated.Gold> known = new HashSet<>(record.spans());
            known.removeIf(span -> !TYPES.contains(span.type()));
            gold += known.size();
            finder.clearAdaptiveData();
            for (int[] piece : Sentences.of(page)) {
                for (Span span : finder.find(words(page, piece))) {
                    found++;
                    int start = page.start(piece[0] + span.getStart());
                    int end = page.end(piece[0] + span.getEnd() - 1);
                    if (known.contains(
                            new Annotated.Gold(start, end, span.getType().toUpperCase(Locale.ROOT)))) right++;
                }
            }
        }
        System.out.printf(
                "R %.3f P %.3f F1 %.3f%n", (double) right / gold, (double) right / found, 2.0 * right / (gold + found));
    }

    private static void of(Annotated record, List<NameSample> samples) {
        Page page = new Page(record.text(), Lexicon.shipped());
        for (int[] piece : Sentences.of(page)) {
            List<Span> spans = new ArrayList<>();
            for (Annotated.Gold gold : record.spans()) {
                int from = page.tokenFrom(gold.start());
                int to = page.tokenFrom(gold.end());
                if (TYPES.contains(gold.type()) && from >= piece[0] && to <= piece[1] && to > from)
                    spans.add(
                            new Span(from - piece[0], to - piece[0], gold.type().toLowerCase(Locale.ROOT)));
            }
            samples.add(new NameSample(words(page, piece), spans.toArray(Span[]::new), true));
        }
    }

    private static String[] words(Page page, int[] piece) {
        String[] words = new String[piece[1] - piece[0]];
        for (int i = piece[0]; i < piece[1]; i++) words[i - piece[0]] = page.word(i);
        return words;
    }
}
