// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares findings with what should have been found, by the rules of the development data's {@code score.py}: dates and
 * ages are never scored, and finds of a type that a source's makers did not mark count neither for nor against.
 */
public final class Scorer {
    private static final Set<String> IGNORED = Set.of("DATE", "AGE");
    private static final Set<String> NAMES = Set.of("PERSON", "ORGANIZATION", "LOCATION");
    private static final Set<String> CLINICAL = Set.of(
            "PERSON",
            "ORGANIZATION",
            "LOCATION",
            "ADDRESS",
            "EMAIL",
            "PHONE",
            "MEDICAL_RECORD",
            "HEALTH_INSURANCE_ID",
            "PROFESSIONAL_ID",
            "DATE_OF_BIRTH",
            "URL",
            "VEHICLE");
    /** What the makers of a source marked; a source that is not here marked everything. */
    private static final Map<String, Set<String>> MARKED = Map.ofEntries(
            Map.entry("uner-ewt", NAMES),
            Map.entry("sec-filings", NAMES),
            Map.entry("btc", NAMES),
            Map.entry("wnut17", NAMES),
            Map.entry("germeval2014", NAMES),
            Map.entry("mobie", NAMES),
            Map.entry("europeana", NAMES),
            Map.entry("uner-bosque", NAMES),
            Map.entry("lener-br", NAMES),
            Map.entry("uner-ddt", NAMES),
            Map.entry("wikigold", NAMES),
            Map.entry("meddocan", CLINICAL));

    private final Map<String, Tally> types = new TreeMap<>();
    private long chars;
    private long over;

    /** Begins with nothing. */
    public Scorer() {}

    /** Compares what was found in {@code sample} with what it holds. */
    public void add(Sample sample, List<Finding> found) {
        List<Sample.Span> gold = sample.spans().stream().filter(Scorer::counts).toList();
        List<Sample.Span> predicted = found.stream()
                .map(f -> new Sample.Span(f.start(), f.end(), f.type().name()))
                .distinct()
                .filter(Scorer::counts)
                .toList();
        List<Sample.Span> judged =
                predicted.stream().filter(p -> isMarked(sample, p)).toList();
        BitSet covered = cover(predicted);
        BitSet known = cover(sample.spans());
        for (Sample.Span span : gold)
            tally(span, new Tally(1, 0, judged.contains(span) ? 1 : 0, isCovered(covered, span) ? 1 : 0));
        for (Sample.Span span : judged) {
            tally(span, new Tally(0, 1, 0, 0));
            over += span.end()
                    - span.start()
                    - known.get(span.start(), span.end()).cardinality();
        }
        chars += sample.text().length();
    }

    /** What came out so far. */
    public Score done() {
        Map<String, Tally> sorted = new LinkedHashMap<>();
        new ArrayList<>(types.entrySet())
                .stream()
                        .sorted(Comparator.comparingInt(
                                entry -> -entry.getValue().gold()))
                        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new Score(sorted, chars, over);
    }

    private void tally(Sample.Span span, Tally one) {
        types.merge(span.type(), one, Tally::plus);
    }

    private static boolean counts(Sample.Span span) {
        return !IGNORED.contains(span.type());
    }

    private static boolean isMarked(Sample sample, Sample.Span span) {
        Set<String> marked = MARKED.get(sample.source());
        return marked == null || marked.contains(span.type());
    }

    private static BitSet cover(List<Sample.Span> spans) {
        BitSet cover = new BitSet();
        for (Sample.Span span : spans) cover.set(span.start(), span.end());
        return cover;
    }

    private static boolean isCovered(BitSet cover, Sample.Span span) {
        return cover.nextClearBit(span.start()) >= span.end();
    }
}
