// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Writes what the detectors find in a file of records, for measuring: {@code Predict GOLD [context|lists|all] > predictions}, to be
 * scored by the data's {@code score.py GOLD predictions}. Reports the time taken on standard error.
 */
public final class Predict {
    private static final int MOST_TIMED = 100_000;
    private static final int WARM = 20;

    private Predict() {}

    /** Runs; arguments as the class says. */
    public static void main(String[] args) throws IOException {
        List<Detector> detectors = detectors(args.length < 2 ? "all" : args[1]);
        List<Annotated> records = Records.read(Path.of(args[0]));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (Annotated record : records) out.println(line(record, detectors));
        out.flush();
        time(records, detectors);
    }

    private static List<Detector> detectors(String what) {
        return switch (what) {
            case "context" -> List.of(Names.detector(Names.contextRules(), Models.none()));
            case "lists" -> List.of(Names.detector(both(), Models.none()));
            case "all" -> Names.detectors();
            default -> throw new IllegalArgumentException("second argument (expected: context, lists, all)");
        };
    }

    private static List<Rule> both() {
        return Stream.concat(Names.contextRules().stream(), Names.listRules().stream())
                .toList();
    }

    private static String line(Annotated record, List<Detector> detectors) {
        StringJoiner spans = new StringJoiner(",", "[", "]");
        for (Finding f : found(record.text(), detectors)) {
            spans.add("{\"start\":" + f.start() + ",\"end\":" + f.end() + ",\"type\":\"" + f.type() + "\"}");
        }
        return "{\"id\":\"" + record.id() + "\",\"spans\":" + spans + "}";
    }

    private static List<Finding> found(String text, List<Detector> detectors) {
        List<Finding> found = new ArrayList<>();
        for (Detector detector : detectors) detector.find(text, found::add);
        return found;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void time(List<Annotated> records, List<Detector> detectors) {
        long chars = 0;
        long nanos = 0;
        for (int pass = 0; pass <= WARM; pass++) {
            chars = 0;
            long before = cpu();
            for (Annotated record : records) {
                if (chars > MOST_TIMED) break;
                chars += record.text().length();
                if (found(record.text(), detectors).size() > record.text().length()) throw new AssertionError("finds");
            }
            nanos = cpu() - before;
        }
        System.err.printf(
                "%d records, %d characters, %.0f CPU microseconds per 1,000 characters%n",
                records.size(), chars, nanos / 1e3 / (chars / 1e3));
    }
}
