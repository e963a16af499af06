// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * No text makes the detectors worse than linear: pieces that forms begin with, repeated and mixed by a generator, cost per
 * character at most a bound times what they cost in a text an eighth as long. CPU time, so that a busy machine does not matter.
 * Run with {@code -Dsoak=true}.
 */
@Tag("soak")
@EnabledIfSystemProperty(named = "soak", matches = "true")
class HostileTextSoakTest {
    private static final int CHARS = 1 << 20;
    private static final int SHORTER = 8;
    private static final double BOUND = 3;

    private static final List<String> PIECES = List.of(
            "1",
            "12-",
            "1 ",
            "4111 ",
            "9.",
            "AB12",
            "AKIA",
            "ghp_",
            "eyJ",
            "xox",
            "sk-",
            "a@",
            "a.",
            "@a.",
            "dot at ",
            "http://",
            "://",
            "?token=",
            "password: ",
            "key=\"",
            "-----BEGIN ",
            "DE89 ",
            "0x",
            "bc1",
            "+49 ",
            "(0) ",
            "::",
            "fe80:",
            "255.",
            "%40",
            "=40",
            "&#64;",
            "\\u0040",
            "QUJD",
            "a b ",
            "\u200b",
            "\u0430",
            "\u202e",
            "geb. ",
            "am ",
            "1. Jan ",
            "DNI ",
            "iban ",
            "passport ",
            "Calle ",
            "12 High ",
            "Mr. ",
            "van ",
            "A-",
            "San ",
            "\"name\":",
            "|;",
            "Müller, ",
            "Frau Dr. ",
            "Via Roma ",
            "GmbH ",
            "O'",
            "\n",
            "\t",
            "\0",
            "\ud83d");

    private static final Redactor REDACTOR = redactor();

    private static Redactor redactor() {
        List<Detector> detectors = new ArrayList<>(Patterns.detectors());
        detectors.addAll(Names.detectors());
        return Redactor.of(detectors);
    }

    private static String text(List<String> pieces, int chars, Random random) {
        StringBuilder text = new StringBuilder(chars + 32);
        while (text.length() < chars) text.append(pieces.get(random.nextInt(pieces.size())));
        return text.toString();
    }

    /** Nanoseconds of CPU time for each character. */
    private static double cost(String text) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int found = REDACTOR.find(text).size();
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertThat(found).isLessThanOrEqualTo(text.length());
        return (double) nanos / text.length();
    }

    private static void assertLinear(List<String> pieces, long seed) {
        double part = cost(text(pieces, CHARS / SHORTER, new Random(seed)));
        double whole = cost(text(pieces, CHARS, new Random(seed)));
        assertThat(whole).as("%s, ns a character", pieces).isLessThan(BOUND * part + 500);
    }

    @Test
    void find_onePieceRepeated_costsEachCharacterTheSame() {
        for (String piece : PIECES) assertLinear(List.of(piece), 1);
    }

    @Test
    void find_piecesMixedByAGenerator_costsEachCharacterTheSame() {
        Random random = new Random(20261124);
        for (int round = 0; round < 12; round++) {
            List<String> some = new ArrayList<>();
            for (int n = 2 + random.nextInt(4); n > 0; n--) some.add(PIECES.get(random.nextInt(PIECES.size())));
            assertLinear(some, round);
        }
    }
}
