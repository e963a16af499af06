// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.quality.Evasion;
import io.intramuros.redaction.quality.Identifier;
import io.intramuros.redaction.quality.Sample;
import io.intramuros.redaction.quality.Score;
import io.intramuros.redaction.quality.Scorer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads sets of texts whose personal data is known and measures a redactor on them. */
final class BenchFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEAD = "kind\t";

    private final Redactor redactor;

    BenchFiles(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Whether a file is a set to measure on, by its name. */
    static boolean isSet(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".tsv")) return name.startsWith("identifiers") || name.startsWith("evasion");
        return (name.endsWith(".jsonl") || name.endsWith(".jsonl.gz")) && !name.contains("train");
    }

    /** The scores of a file of texts by language. */
    Map<String, Score> scores(Path file) throws IOException {
        Map<String, Scorer> scorers = new TreeMap<>();
        for (String line : lines(file)) {
            Sample sample = sample(JSON.readTree(line));
            scorers.computeIfAbsent(sample.lang(), _ -> new Scorer()).add(sample, redactor.find(sample.text()));
        }
        Map<String, Score> scores = new TreeMap<>();
        scorers.forEach((lang, scorer) -> scores.put(lang, scorer.done()));
        return scores;
    }

    private static Sample sample(JsonNode node) {
        List<Sample.Span> spans = new ArrayList<>();
        for (JsonNode span : node.path("spans"))
            spans.add(new Sample.Span(
                    span.path("start").asInt(),
                    span.path("end").asInt(),
                    span.path("type").asString()));
        return new Sample(
                node.path("text").asString(),
                node.path("lang").asString(""),
                node.path("source").asString(""),
                spans);
    }

    /** How many identifiers of a file are found, and how many of those with a wrong check digit. */
    ObjectNode identifiers(Path file) throws IOException {
        int valid = 0;
        int right = 0;
        int wrong = 0;
        List<String> missed = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith(HEAD)) continue;
            Identifier identifier = Identifier.parse(line);
            List<Finding> found = redactor.find(identifier.text());
            if (!identifier.valid()) {
                if (identifier.isWronglyIn(found)) wrong++;
                continue;
            }
            valid++;
            if (identifier.isIn(found)) right++;
            else missed.add(identifier.kind());
        }
        return check(file, valid, right, missed).put("wrong", wrong);
    }

    /** How many of the hidden values of a file are found. */
    ObjectNode evasions(Path file) throws IOException {
        int all = 0;
        List<String> missed = new ArrayList<>();
        for (String line : lines(file)) {
            Evasion evasion = Evasion.parse(line);
            all++;
            if (!evasion.isIn(redactor.find(evasion.text()))) missed.add(evasion.name());
        }
        return check(file, all, all - missed.size(), missed);
    }

    private static ObjectNode check(Path file, int hidden, int found, List<String> missed) {
        ObjectNode check = AdminClient.object()
                .put("file", String.valueOf(file.getFileName()))
                .put("hidden", hidden)
                .put("found", found);
        ArrayNode names = check.putArray("missed");
        missed.forEach(names::add);
        return check;
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = String.valueOf(file).endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
